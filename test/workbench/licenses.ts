import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundledPackages } from './bundled-packages.ts';

/** Writes the licences of the packages whose code is in `dist` beside it, as they ask for. Equal words stand once. */
const byText = new Map<string, string[]>();
for (const { name, version, license, text } of bundledPackages()) {
  const words = text === '' ? `Licensed under ${license}.` : text;
  const names = byText.get(words) ?? [];
  names.push(`${name} ${version} (${license})`);
  byText.set(words, names);
}
const sections = [...byText].map(([words, names]) => `${names.join('\n')}\n\n${words}\n`);
writeFileSync(
  join('dist', 'licenses.txt'),
  `Tokenboard contains code of the following packages.\n\n${sections.join(`\n${'-'.repeat(80)}\n\n`)}`,
);

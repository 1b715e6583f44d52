import { writeFileSync } from 'node:fs';
import { say } from './say.ts';
import { languages, manifestTexts, type Texts, textsOfSources, translation } from './texts.ts';

/** Lists what each language lacks, takes out what the sources do not say any more, and sorts the rest. */
const english = textsOfSources();
for (const language of languages()) {
  const { texts, manifest } = translation(language);
  const missing = english.filter((text) => texts[text] === undefined);
  const kept = Object.fromEntries(english.flatMap((text) => entry(text, texts)));
  writeFileSync(`l10n/bundle.l10n.${language}.json`, `${JSON.stringify(kept, undefined, 2)}\n`);
  const ofManifest = Object.keys(manifestTexts()).filter((key) => manifest[key] === undefined);
  say(`${language}: ${missing.length + ofManifest.length} of ${english.length} texts are missing`);
  for (const text of missing) say(`  ${JSON.stringify(text)}`);
  for (const key of ofManifest) say(`  package.nls.json: ${key}`);
}

function entry(text: string, texts: Texts): [string, string][] {
  const said = texts[text];
  return said === undefined ? [] : [[text, said]];
}

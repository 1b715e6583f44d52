import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { bundledPackages } from './bundled-packages.ts';
import { vsixPath } from './package-vsix.ts';
import { npmCommand } from './run-command.ts';

interface PartsList {
  readonly components: readonly { readonly name: string; readonly group?: string; readonly version: string }[];
}

/** Writes the list of packages (SBOM, CycloneDX) whose code is in the bundles: npm's own list without what only builds and tests. */
export function writePartsList(): void {
  const [command, args] = npmCommand(['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only']);
  const list = JSON.parse(execFileSync(command, args, { encoding: 'utf8', maxBuffer: 1e8 })) as PartsList;
  const bundled = new Set(bundledPackages().map(({ name, version }) => `${name}@${version}`));
  const components = list.components.filter(({ name, group, version }) =>
    bundled.has(`${group === undefined ? name : `${group}/${name}`}@${version}`),
  );
  const missing = bundled.size - components.length;
  if (missing > 0) throw new Error(`npm's list lacks ${missing} of the ${bundled.size} packages in the bundles`);
  writeFileSync(
    vsixPath().replace(/vsix$/, 'cdx.json'),
    `${JSON.stringify({ ...list, components, dependencies: [] }, undefined, 2)}\n`,
  );
}

if (import.meta.main) writePartsList();

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A package whose code is in the bundles of `dist`. */
export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** SPDX's expression, as the package says it. */
  readonly license: string;
  /** The words of its licence; empty where it brings none. */
  readonly text: string;
}

interface Parts {
  readonly inputs: Readonly<Record<string, unknown>>;
}

const folderOf = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/;
const licenseFile = /^(?:licen[cs]e|copying)(?:[-.](?:md|txt|mit))?$/i;

/** The packages in the bundles that the last build made, by name; from what esbuild wrote of them into `out/parts`. */
export function bundledPackages(): readonly BundledPackage[] {
  const folders = new Set<string>();
  for (const file of readdirSync(join('out', 'parts'))) {
    const { inputs } = JSON.parse(readFileSync(join('out', 'parts', file), 'utf8')) as Parts;
    for (const input of Object.keys(inputs)) {
      const folder = folderOf.exec(input)?.[0];
      if (folder !== undefined) folders.add(folder);
    }
  }
  const packages = [...folders].map(packageIn);
  const unique = new Map(packages.map((one) => [`${one.name}@${one.version}`, one]));
  return [...unique.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function packageIn(folder: string): BundledPackage {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    readonly name: string;
    readonly version: string;
    readonly license?: string;
  };
  const file = readdirSync(folder).find((one) => licenseFile.test(one));
  const path = file === undefined ? '' : join(folder, file);
  const text = existsSync(path) ? readFileSync(path, 'utf8').replaceAll('\r\n', '\n').trim() : '';
  return { name, version, license: license ?? '', text };
}

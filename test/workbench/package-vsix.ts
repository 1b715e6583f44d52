import { mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createVSIX } from '@vscode/vsce';

/** Where the packaged extension of this checkout is. */
export function vsixPath(): string {
  const { name, version } = JSON.parse(readFileSync('package.json', 'utf8')) as { name: string; version: string };
  return resolve('out', `${name}-${version}.vsix`);
}

/** Packages what `npm run build` left in `dist` as one file for every platform. Gives its path. */
export async function packageVsix(): Promise<string> {
  mkdirSync(join('out'), { recursive: true });
  const packagePath = vsixPath();
  await createVSIX({ packagePath, dependencies: false });
  return packagePath;
}

if (import.meta.main) await packageVsix();

import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const fixtures = join(import.meta.dirname, '..', 'fixtures');

/** The tools that have fixtures. */
export const fixtureTools: readonly string[] = foldersIn(fixtures);

/** The names of a tool's fixtures. */
export function casesOf(tool: string): readonly string[] {
  return fixtureTools.includes(tool) ? foldersIn(join(fixtures, tool)) : [];
}

/** What a fixture's logs come to, by tool and model. */
export function expectedOf(tool: string, name: string): unknown {
  return JSON.parse(readFileSync(join(fixtures, tool, name, 'expected.json'), 'utf8'));
}

/** The files of all fixtures: path and text. */
export function fixtureTexts(): readonly (readonly [string, string])[] {
  return readdirSync(fixtures, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => [relative(fixtures, path), readFileSync(path, 'utf8')]);
}

function foldersIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

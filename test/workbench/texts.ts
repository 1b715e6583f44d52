import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { sentences } from '../../src/team/sentences.ts';

/** A text in two languages at most: English and what stands for it. */
export type Texts = Readonly<Record<string, string>>;

const call = /(?<![\w.])(?:vscode\.l10n\.)?t\(\s*/g;
const literal = /'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\$]|\\.)*)`/y;
const declaration = /function\s+$/;

/** Every text that people read in VS Code, in English, from the calls of `t` in the sources; sorted. */
export function textsOfSources(): readonly string[] {
  const found = new Set<string>(Object.values(sentences));
  for (const path of globSync(['src/**/*.ts', 'webview/**/*.ts'])) {
    for (const text of textsIn(readFileSync(path, 'utf8'), path)) found.add(text);
  }
  return [...found].toSorted();
}

/** The texts in a source. One that is not written out cannot be translated, which is an error. */
export function textsIn(source: string, path: string): readonly string[] {
  const found: string[] = [];
  for (const match of source.matchAll(call)) {
    if (declaration.test(source.slice(0, match.index))) continue;
    literal.lastIndex = match.index + match[0].length;
    const [, single, double, plain] = literal.exec(source) ?? [];
    const text = single ?? double ?? plain;
    if (text === undefined) {
      const line = source.slice(0, match.index).split('\n').length;
      throw new Error(`${path}:${line}: the text is not written out, so nobody can translate it`);
    }
    found.push(unescaped(text));
  }
  return found;
}

/** What a language has: the bundle's texts by their English ones, and the manifest's by their keys. */
export function translation(language: string): { readonly texts: Texts; readonly manifest: Texts } {
  return {
    texts: json(join('l10n', `bundle.l10n.${language}.json`)),
    manifest: json(`package.nls.${language}.json`),
  };
}

/** The languages that there are: `de`. */
export function languages(): readonly string[] {
  return globSync('l10n/bundle.l10n.*.json').map((path) => basename(path).split('.')[2] ?? '');
}

/** The manifest's own texts, in English. */
export function manifestTexts(): Texts {
  return json('package.nls.json');
}

function json(path: string): Texts {
  return JSON.parse(readFileSync(path, 'utf8')) as Texts;
}

function unescaped(text: string): string {
  return text.replace(/\\(u\{([0-9a-f]+)\}|u([0-9a-f]{4})|.)/gi, (_, mark: string, long?: string, short?: string) => {
    const code = long ?? short;
    if (code !== undefined) return String.fromCodePoint(Number.parseInt(code, 16));
    return mark === 'n' ? '\n' : mark;
  });
}

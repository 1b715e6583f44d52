import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';

/** What the table tells of a provider or model for people to read, or for other uses. */
const unused = new Set([
  'context_window',
  'description',
  'extractors',
  'name',
  'price_comments',
  'pricing_urls',
  'prices_checked',
]);

/** How the library orders names to find the same ones again. In any order it does; but the first of a language takes 10 ms. */
const byLanguage = /\b([\w.]+)\.localeCompare\(([\w.]+)\)/g;

/**
 * The bundled price table without what nothing here reads, and as JSON: Node is done with it in 8 ms rather than 24. The
 * table is a list of providers, the first of which is Anthropic. Throws where the bundle holds no such list.
 */
export function slimPrices(bundle: string): string {
  const start = bundle.search(/\[\s*\{\s*id:\s*"anthropic"/);
  if (start < 0) throw new Error('the bundle holds no list of providers');
  const end = behindList(bundle, start);
  const providers: unknown = runInNewContext(bundle.slice(start, end));
  const json = JSON.stringify(providers, (key, value: unknown) => (unused.has(key) ? undefined : value));
  const text = json.replaceAll(/[\\']/g, '\\$&');
  const slim = `${bundle.slice(0, start)}JSON.parse('${text}')${bundle.slice(end)}`;
  return slim.replaceAll(byLanguage, '($1 < $2 ? -1 : $1 > $2 ? 1 : 0)');
}

/** Behind a list of plain values that begins at a place in code. */
function behindList(code: string, start: number): number {
  let depth = 0;
  for (let at = start; at < code.length; at++) {
    const character = code.charAt(at);
    if ('"\'`'.includes(character)) at = closingQuote(code, at);
    else if ('[{'.includes(character)) depth++;
    else if (']}'.includes(character) && --depth === 0) return at + 1;
  }
  throw new Error('the list of providers has no end');
}

function closingQuote(code: string, open: number): number {
  let at = open + 1;
  while (at < code.length && code[at] !== code[open]) at += code[at] === '\\' ? 2 : 1;
  return at;
}

if (import.meta.main) {
  const path = join(import.meta.dirname, '../../dist/prices.js');
  writeFileSync(path, slimPrices(readFileSync(path, 'utf8')));
}

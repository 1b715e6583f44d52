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

/**
 * The bundled price table without what nothing here reads, and as JSON: Node understands that in 5 ms, where the same as code
 * takes 24. The table is a list of providers, the first of which is Anthropic. Throws where the bundle holds no such list.
 */
export function slimPrices(bundle: string): string {
  const start = bundle.search(/\[\s*\{\s*id:\s*"anthropic"/);
  if (start < 0) throw new Error('the bundle holds no list of providers');
  const end = behindList(bundle, start);
  const providers: unknown = runInNewContext(bundle.slice(start, end));
  const json = JSON.stringify(providers, (key, value: unknown) => (unused.has(key) ? undefined : value));
  const text = json.replaceAll(/[\\']/g, '\\$&');
  return `${bundle.slice(0, start)}JSON.parse('${text}')${bundle.slice(end)}`;
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

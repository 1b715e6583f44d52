import type { ModelPrice } from './price-table.ts';

/** Raised when the rules in this folder, or the normalised id, give any request another price than before. */
export const supplementVersion = 1;

/**
 * Models that the table does not tell from an older one, by the older one whose list prices they have.
 * Sonnet 5.5: https://platform.claude.com/docs/en/about-claude/pricing
 */
const pricedAs: ReadonlyMap<string, string> = new Map([['claude-sonnet-5-5', 'claude-sonnet-5']]);

/**
 * Whether a model of the table is the model asked for; both ids are normalised. The table finds many Claude models by
 * the beginning of their id, and so would price a version that it does not know as an older one.
 */
export function isSameModel(asked: string, listed: string): boolean {
  return !asked.startsWith('claude-') || asked === listed || pricedAs.get(asked) === listed;
}

/**
 * The table's prices, completed where it lacks what the vendor lists: Sonnet 4 took up to a million tokens of context at
 * premium rates above 200,000, as Sonnet 4.5 did (https://platform.claude.com/docs/en/about-claude/pricing#long-context-pricing).
 */
export function completed(prices: ModelPrice, provider: string, model: string): ModelPrice {
  if (provider !== 'anthropic' || model !== 'claude-sonnet-4' || typeof prices.input_mtok !== 'number') return prices;
  const longer: Record<string, ModelPrice[string]> = { ...prices };
  for (const [key, price] of Object.entries(prices)) {
    if (typeof price !== 'number' || !key.endsWith('_mtok')) continue;
    longer[key] = { base: price, tiers: [{ start: 200_000, price: price * (key === 'output_mtok' ? 1.5 : 2) }] };
  }
  return longer;
}

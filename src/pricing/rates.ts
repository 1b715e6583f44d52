import type { TokenCounts } from '../usage/usage-event.ts';
import type { ModelPrice } from './price-table.ts';
import type { TierFactor } from './service-tiers.ts';

/** What a token costs, in whole units of which `scale` make a nano-USD: multiplied as integers, rounded once. */
interface Rates {
  readonly scale: number;
  readonly input: number;
  readonly cacheRead: number;
  readonly cacheWrite5m: number;
  readonly cacheWrite1h: number;
  /** Undefined where the list has none: embeddings put nothing out. */
  readonly output: number | undefined;
}

/** The prices of a model: by the length of the context, which decides for the whole request. */
export interface RateCard {
  /** Rates for contexts of more than `above` tokens, ascending; undefined where no price is listed. */
  readonly brackets: readonly { readonly above: number; readonly rates: Rates | undefined }[];
  readonly requestNano: number;
  /** Undefined where the list has none. */
  readonly searchNano: number | undefined;
}

/** Anthropic lists $10 per 1,000 searches for all its models: https://platform.claude.com/docs/en/about-claude/pricing */
const claudeSearchUSD = 10;
const nanoPerThousandth = 1e6;

/** Rates are kept to a trillionth of a USD per million tokens: 1e9 of that make a nano-USD a token. */
const finest = 1e9;

/** The rates in a model's list prices (USD per million tokens) and tier; undefined where input has no price. */
export function rateCard(prices: ModelPrice, tier: TierFactor, claude: boolean): RateCard | undefined {
  if (prices.input_mtok === undefined) return undefined;
  const starts = new Set([-1]);
  for (const price of Object.values(prices)) {
    if (typeof price === 'object') for (const { start } of price.tiers) starts.add(start);
  }
  return {
    brackets: [...starts]
      .sort((a, b) => a - b)
      .map((above) => ({
        above,
        rates: above >= 0 && !tier.longContext ? undefined : ratesAbove(above, prices, tier.factor, claude),
      })),
    requestNano: Math.round((priceAbove(-1, prices.requests_kcount) ?? 0) * nanoPerThousandth),
    searchNano: searchNano(prices, claude),
  };
}

/** A card on which everything is free. */
export const freeCard: RateCard = {
  brackets: [{ above: -1, rates: { scale: 1, input: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, output: 0 } }],
  requestNano: 0,
  searchNano: undefined,
};

/** What a token of each kind costs, nano-USD. */
export interface TokenRates {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite5m: number;
  readonly cacheWrite1h: number;
}

/** The rates of a card for contexts of ordinary length; undefined where it has none. */
export function ordinaryRates({ brackets }: RateCard): TokenRates | undefined {
  const rates = brackets[0]?.rates;
  if (rates === undefined) return undefined;
  const { scale, input, output = 0, cacheRead, cacheWrite5m, cacheWrite1h } = rates;
  return {
    input: input / scale,
    output: output / scale,
    cacheRead: cacheRead / scale,
    cacheWrite5m: cacheWrite5m / scale,
    cacheWrite1h: cacheWrite1h / scale,
  };
}

/** List price of a request in whole nano-USD, half up; undefined where a part of it has no list price. */
export function costOn(card: RateCard, tokens: TokenCounts, webSearches: number): number | undefined {
  const context = tokens.input + tokens.cacheRead + tokens.cacheWrite5m + tokens.cacheWrite1h;
  let rates: Rates | undefined;
  for (const bracket of card.brackets) if (context > bracket.above) rates = bracket.rates;
  if (rates === undefined) return undefined;
  if (rates.output === undefined && tokens.output > 0) return undefined;
  const calls = webSearches === 0 ? 0 : card.searchNano === undefined ? undefined : webSearches * card.searchNano;
  return calls === undefined ? undefined : tokensNano(rates, tokens) + card.requestNano + calls;
}

function tokensNano(rates: Rates, tokens: TokenCounts): number {
  const { scale, input, cacheRead, cacheWrite5m, cacheWrite1h, output = 0 } = rates;
  const units =
    tokens.input * input +
    tokens.output * output +
    tokens.cacheRead * cacheRead +
    tokens.cacheWrite5m * cacheWrite5m +
    tokens.cacheWrite1h * cacheWrite1h;
  if (units > Number.MAX_SAFE_INTEGER) return bigTokensNano(rates, tokens);
  if (scale === 1) return units;
  const rest = units % scale;
  return (units - rest) / scale + (2 * rest >= scale ? 1 : 0);
}

/** The same beyond 2^53, where numbers are no longer exact. */
function bigTokensNano(rates: Rates, tokens: TokenCounts): number {
  const { scale, input, cacheRead, cacheWrite5m, cacheWrite1h, output = 0 } = rates;
  const units =
    BigInt(tokens.input) * BigInt(input) +
    BigInt(tokens.output) * BigInt(output) +
    BigInt(tokens.cacheRead) * BigInt(cacheRead) +
    BigInt(tokens.cacheWrite5m) * BigInt(cacheWrite5m) +
    BigInt(tokens.cacheWrite1h) * BigInt(cacheWrite1h);
  return Number((2n * units + BigInt(scale)) / (2n * BigInt(scale)));
}

/** Tokens of a kind without a price of its own cost what the kind that it is a part of costs. */
function ratesAbove(above: number, prices: ModelPrice, factor: number, claude: boolean): Rates | undefined {
  const at = (key: string) => priceAbove(above, prices[key]);
  const input = at('input_mtok');
  if (input === undefined) return undefined;
  const write = at('cache_write_mtok') ?? input;
  const output = at('output_mtok');
  const exact = {
    input: trillionths(input * factor),
    cacheRead: trillionths((at('cache_read_mtok') ?? input) * factor),
    cacheWrite5m: trillionths((at('cache_write_5m_mtok') ?? write) * factor),
    // Anthropic's cache writes for an hour cost twice the input, also where the list forgets to say so.
    cacheWrite1h: trillionths((at('cache_write_1h_mtok') ?? (claude ? 2 * input : write)) * factor),
    output: output === undefined ? undefined : trillionths(output * factor),
  };
  const scale = coarsest(Object.values(exact));
  const units = (rate: number) => rate / (finest / scale);
  return {
    scale,
    input: units(exact.input),
    cacheRead: units(exact.cacheRead),
    cacheWrite5m: units(exact.cacheWrite5m),
    cacheWrite1h: units(exact.cacheWrite1h),
    output: exact.output === undefined ? undefined : units(exact.output),
  };
}

function trillionths(usd: number): number {
  return Math.round(usd * 1e12);
}

/** The smallest scale in which all rates are whole: small numbers stay exact for longer. */
function coarsest(rates: readonly (number | undefined)[]): number {
  let scale = 1;
  while (scale < finest && rates.some((rate) => rate !== undefined && rate % (finest / scale) !== 0)) scale *= 10;
  return scale;
}

function priceAbove(above: number, price: ModelPrice[string]): number | undefined {
  if (typeof price !== 'object') return price;
  let found = price.base;
  let from = -1;
  for (const tier of price.tiers) {
    if (tier.start > above || tier.start < from) continue;
    found = tier.price;
    from = tier.start;
  }
  return found;
}

function searchNano(prices: ModelPrice, claude: boolean): number | undefined {
  const usd = priceAbove(-1, prices.web_searches_kcount) ?? (claude ? claudeSearchUSD : undefined);
  return usd === undefined ? undefined : Math.round(usd * nanoPerThousandth);
}

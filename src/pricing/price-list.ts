import { normalModelId } from '../usage/model-id.ts';
import type { TokenCounts } from '../usage/usage-event.ts';
import { candidates } from './candidates.ts';
import { type ListedModel, loadPriceTable, type PriceTable, tableVersion } from './price-table.ts';
import { costOn, freeCard, ordinaryRates, type RateCard, rateCard, type TokenRates } from './rates.ts';
import { tierFactor } from './service-tiers.ts';
import { completed, isSameModel, supplementVersion } from './supplement.ts';

export { tableDate as pricesDate } from './price-table.ts';
export type { TokenRates } from './rates.ts';

/** Changes whenever a price may have changed. Costs nothing to know: no price is loaded for it. */
export const pricesVersion = `genai-prices ${tableVersion}, supplement ${supplementVersion}`;

/** What the price of a request depends on; the fields are those of a usage event. */
export interface PricedRequest {
  /** As logged. */
  readonly model: string;
  readonly provider?: string | undefined;
  readonly tier?: string | undefined;
  /** Epoch milliseconds: the prices of that moment count. */
  readonly time: number;
  readonly tokens: TokenCounts;
  readonly webSearches: number;
}

export interface PriceList {
  /** List price in whole nano-USD; undefined when no list says what the request costs, which is not $0. */
  costNanoUSD(request: PricedRequest): number | undefined;
  /** The same for the many requests of one model, provider and tier, which are looked up once. */
  pricerOf(of: Pick<PricedRequest, 'model' | 'provider' | 'tier'>): Pricer;
  /** What a token costs within a context of ordinary length; undefined where no list says so. */
  ratesOf(request: Omit<PricedRequest, 'tokens' | 'webSearches'>): TokenRates | undefined;
}

/** List price in whole nano-USD of a request at a time, epoch milliseconds; undefined where there is none. */
export type Pricer = (time: number, tokens: TokenCounts, webSearches: number) => number | undefined;

/** The rate cards of a model at a provider in a tier, as time goes by. */
interface Known {
  readonly slotMs: number | undefined;
  readonly cards: Map<number, RateCard | undefined>;
  cardAt(time: number): RateCard | undefined;
}

type Memo = Map<string, Map<string | undefined, Map<string | undefined, Known>>>;

/** More are not remembered, since anybody can make up names. */
const mostModels = 5000;
const unpriced: Omit<Known, 'cards'> = { slotMs: undefined, cardAt: () => undefined };
const free: Omit<Known, 'cards'> = { slotMs: undefined, cardAt: () => freeCard };

/** Loads the bundled price table. The table is asked once for each model, provider, tier and day. */
export async function loadPrices(): Promise<PriceList> {
  const table = await loadPriceTable();
  const memo: Memo = new Map();
  function knownOf({ model, provider, tier }: Pick<PricedRequest, 'model' | 'provider' | 'tier'>): Known {
    return memo.get(model)?.get(provider)?.get(tier) ?? learn(memo, table, model, provider, tier);
  }

  return {
    costNanoUSD(request) {
      const card = cardAt(knownOf(request), request.time);
      return card === undefined ? undefined : costOn(card, request.tokens, request.webSearches);
    },
    pricerOf(of) {
      const known = knownOf(of);
      return (time, tokens, webSearches) => {
        const card = cardAt(known, time);
        return card === undefined ? undefined : costOn(card, tokens, webSearches);
      };
    },
    ratesOf(request) {
      const card = cardAt(knownOf(request), request.time);
      return card === undefined ? undefined : ordinaryRates(card);
    },
  };
}

function cardAt(known: Known, time: number): RateCard | undefined {
  const slot = known.slotMs === undefined ? 0 : Math.floor(time / known.slotMs);
  let card = known.cards.get(slot);
  if (card === undefined && !known.cards.has(slot)) {
    card = known.cardAt(time);
    known.cards.set(slot, card);
  }
  return card;
}

function learn(memo: Memo, table: PriceTable, model: string, provider?: string, tier?: string): Known {
  const known: Known = { ...lookUp(table, model, provider, tier), cards: new Map() };
  if (memo.size >= mostModels) memo.clear();
  const byProvider = memo.get(model) ?? new Map<string | undefined, Map<string | undefined, Known>>();
  const byTier = byProvider.get(provider) ?? new Map<string | undefined, Known>();
  memo.set(model, byProvider.set(provider, byTier.set(tier, known)));
  return known;
}

function lookUp(table: PriceTable, model: string, provider?: string, tier?: string): Omit<Known, 'cards'> {
  const normal = normalModelId(model);
  const claude = normal.startsWith('claude-');
  const freeVariant = isFree(model);
  for (const candidate of candidates(model, provider)) {
    const listed = table.find(candidate.model, candidate.provider);
    if (listed === undefined || !isSameModel(normal, listedId(listed)) || isFree(listed.model) !== freeVariant)
      continue;
    if (freeVariant) return free;
    const factor = tierFactor(listed.provider, normal, tier);
    if (factor === undefined) return unpriced;
    const cardAt = (time: number) =>
      rateCard(completed(listed.pricesAt(time), listed.provider, normal), factor, claude);
    if (cardAt(0) !== undefined) return { slotMs: listed.slotMs, cardAt };
  }
  return unpriced;
}

/** OpenRouter's free variants are models of their own on the list. */
function isFree(model: string): boolean {
  return model.trim().toLowerCase().endsWith(':free');
}

/** The table names Bedrock's models by how far they are routed. */
function listedId(listed: ListedModel): string {
  return normalModelId(listed.model.replace(/^regional\./, ''));
}

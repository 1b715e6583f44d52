import type { ModelPrice } from '@pydantic/genai-prices';

export type { ModelPrice } from '@pydantic/genai-prices';

/** Version of the bundled price table, which is that of its package. */
export const tableVersion = '0.1.8';
/** The day on which that version was published. */
export const tableDate = '2026-09-23';

const dayMs = 86_400_000;

/** A model as the price table knows it. */
export interface ListedModel {
  /** The table's id of who serves it: `anthropic`, `aws`. */
  readonly provider: string;
  /** The table's id of the model, which may cover several: `gpt-5` covers `gpt-5-codex`. */
  readonly model: string;
  /** Prices hold for slots of this length, counted from the epoch; undefined when they never change. */
  readonly slotMs: number | undefined;
  /** The prices at a time, epoch milliseconds: USD per million tokens or per thousand calls. Equal slots, same object. */
  pricesAt(time: number): ModelPrice;
}

/** The list prices that come with the project. Nothing is fetched. */
export interface PriceTable {
  /** Looks a model up as written, served by a provider or, without one, by its own vendor. */
  find(model: string, provider: string | undefined): ListedModel | undefined;
}

/** Loads the table, which takes several milliseconds and half a megabyte: only when something is to be priced. */
export async function loadPriceTable(): Promise<PriceTable> {
  const { calcPrice } = await import('@pydantic/genai-prices');

  function ask(model: string, provider: string | undefined, time: number) {
    const providerId = provider === undefined ? {} : { providerId: provider };
    return calcPrice({}, model, { ...providerId, timestamp: new Date(time) });
  }

  return {
    find(model, provider) {
      const found = ask(model, provider, 0);
      if (found === null) return undefined;
      return {
        provider: found.provider.id,
        model: found.model.id,
        slotMs: slotOf(found.model.prices),
        pricesAt: (time) => ask(model, provider, time)?.model_price ?? found.model_price,
      };
    },
  };
}

type Prices = NonNullable<ReturnType<typeof import('@pydantic/genai-prices').calcPrice>>['model']['prices'];

/** Dated prices begin with a UTC day; a few depend on the UTC time of the day. */
function slotOf(prices: Prices): number | undefined {
  if (!Array.isArray(prices)) return undefined;
  let slot = dayMs;
  for (const { constraint } of prices) {
    if (constraint?.type !== 'time_of_date') continue;
    for (const time of [constraint.start_time, constraint.end_time]) {
      slot = greatestCommonDivisor(slot, Date.parse(`1970-01-01T${time}`));
    }
  }
  return slot;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? Math.abs(a) : greatestCommonDivisor(b, a % b);
}

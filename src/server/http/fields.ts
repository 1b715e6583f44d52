import type { SeriesKey } from '../store/records.ts';
import type { Store } from '../store/store.ts';

/** Where a value stands among all of a board. */
export interface PlaceNow {
  /** How many have a value, how many a greater one, and the least of these. */
  readonly of: number;
  readonly above: number;
  readonly next: number | null;
}

/** The values of boards in memory, so that whoever asks where they stand does not have everybody looked through. */
export interface Fields {
  place(key: SeriesKey, value: number, now: number): Promise<PlaceNow>;
  /** Something has changed here: what is known is used for a second at most. */
  forget(): void;
}

interface Field {
  readonly at: number;
  readonly values: Promise<Float64Array>;
  size: number;
  changed: boolean;
}

/** Windows are added up once a minute; half of that is not much later. */
const knownMs = 30_000;
const changedMs = 1000;
/** Of eight bytes each. */
const mostValues = 1_000_000;

export function fields(store: Pick<Store, 'field'>, org: number): Fields {
  const known = new Map<string, Field>();

  function valuesOf(key: SeriesKey, now: number): Promise<Float64Array> {
    const name = `${key.board} ${key.window} ${key.metric}`;
    const found = known.get(name);
    const age = now - (found?.at ?? Number.NEGATIVE_INFINITY);
    if (found !== undefined && age >= 0 && age < (found.changed ? changedMs : knownMs)) return found.values;
    const field: Field = { at: now, values: store.field({ org, ...key }), size: 0, changed: false };
    known.delete(name);
    known.set(name, field);
    field.values.then(
      ({ length }) => {
        field.size = length;
        dropOldest();
      },
      () => {
        if (known.get(name) === field) known.delete(name);
      },
    );
    return field.values;
  }

  function dropOldest(): void {
    let all = 0;
    for (const { size } of known.values()) all += size;
    for (const [name, { size }] of known) {
      if (all <= mostValues) return;
      known.delete(name);
      all -= size;
    }
  }

  return {
    async place(key, value, now) {
      const values = await valuesOf(key, now);
      const begin = firstAbove(values, value);
      return { of: values.length, above: values.length - begin, next: values[begin] ?? null };
    },
    forget() {
      for (const field of known.values()) field.changed = true;
    },
  };
}

/** The place of the first of sorted values that is greater than one. */
function firstAbove(values: Float64Array, value: number): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? 0) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

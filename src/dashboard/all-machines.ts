import { type Clock, dayNumber } from './clock.ts';
import {
  CACHE_READ,
  CACHE_WRITE_1H,
  CACHE_WRITE_5M,
  COST,
  type Cube,
  type DayBlock,
  ESTIMATED,
  EVENTS,
  INPUT,
  KEYS,
  OUTPUT,
  quartersADay,
  REASONING,
  TOKENS,
  UNPRICED,
  WIDTH,
} from './cube.ts';
import type { Figures } from './figures.ts';
import { type OthersNames, othersNames } from './others-names.ts';
import type { OtherMachines, OtherRow } from './protocol/machines.ts';

const noon = quartersADay / 2;
const nanoPerMicro = 1000;

/**
 * Figures with what other machines have told: each of their UTC days counts as the local day of that name, all of it at noon, as
 * nothing is known of their hours.
 */
export function allMachines(figures: Figures, { rows, at }: OtherMachines): Figures {
  const { settings, clock } = figures;
  const added = othersNames(figures.names, figures.places, settings, rows);
  return {
    ...figures,
    cube: withRows(figures.cube, rows, added, clock),
    names: added.names,
    places: added.places,
    remembered: (name, make) => figures.remembered(`all machines ${at} ${name}`, make),
  };
}

function withRows(cube: Cube, rows: readonly OtherRow[], added: OthersNames, clock: Clock): Cube {
  const byDay = new Map<number, { readonly row: OtherRow; readonly quarter: number }[]>();
  for (const row of rows) {
    const quarter = clock.firstOf(dayNumber(row.day)) + noon;
    const day = Math.floor(quarter / quartersADay);
    byDay.set(day, [...(byDay.get(day) ?? []), { row, quarter }]);
  }
  const known = new Map(cube.blocks.map((block) => [block.day, block]));
  for (const [day, timed] of byDay) known.set(day, merged(day, known.get(day), timed, added));
  const blocks = [...known.values()].sort((a, b) => a.day - b.day);
  return { ...cube, blocks, from: cube.from, version: cube.version };
}

/** Rows stay in order of time. */
function merged(
  day: number,
  block: DayBlock | undefined,
  timed: readonly { readonly row: OtherRow; readonly quarter: number }[],
  { seriesOf, originOf }: OthersNames,
): DayBlock {
  const own = block?.rows ?? 0;
  const all = [
    ...Array.from({ length: own }, (_, i) => ({
      quarter: block?.keys[i * KEYS] ?? 0,
      keys: block?.keys.subarray(i * KEYS, (i + 1) * KEYS) ?? [],
      sums: block?.sums.subarray(i * WIDTH, (i + 1) * WIDTH) ?? [],
    })),
    ...timed.map(({ row, quarter }) => ({
      quarter,
      keys: [quarter, seriesOf(row), originOf(row)],
      sums: sumsOf(row),
    })),
  ].sort((a, b) => a.quarter - b.quarter);
  const keys = new Int32Array(all.length * KEYS);
  const sums = new Float64Array(all.length * WIDTH);
  for (const [i, one] of all.entries()) {
    keys.set(one.keys, i * KEYS);
    sums.set(one.sums, i * WIDTH);
  }
  return { day, rows: all.length, keys, sums };
}

function sumsOf(row: OtherRow): Float64Array {
  const sums = new Float64Array(WIDTH);
  sums[EVENTS] = row.requests;
  sums[INPUT] = row.input;
  sums[OUTPUT] = row.output;
  sums[CACHE_READ] = row.cacheRead;
  sums[CACHE_WRITE_5M] = row.cacheWrite - row.cacheWrite1h;
  sums[CACHE_WRITE_1H] = row.cacheWrite1h;
  sums[REASONING] = row.reasoning;
  sums[COST] = row.microUSD * nanoPerMicro;
  sums[UNPRICED] = row.unpricedTokens;
  sums[ESTIMATED] = row.estimatedTokens;
  sums[TOKENS] = row.input + row.output + row.cacheRead + row.cacheWrite;
  return sums;
}

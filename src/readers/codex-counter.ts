import type { TokenCounts } from '../usage/usage-event.ts';
import { at, count, type Json } from './json.ts';

/** A `token_usage` as Codex logs it: `input` includes `cached` and `written`, `output` includes `reasoning`. */
export interface Counts {
  readonly input: number;
  readonly cached: number;
  readonly written: number;
  readonly output: number;
  readonly reasoning: number;
}

/** What a thread's running totals were last. */
export interface Counter {
  total?: Counts | undefined;
  /** Where the totals began, and began anew. */
  starts: string[];
  /** How often the totals had begun at the same place before; tells the requests of equal beginnings apart. */
  round: number;
}

/** One request that a snapshot of the counter tells of. */
export interface Request {
  readonly tokens: TokenCounts;
  /** Names the request within its thread, the same in every copy: the totals after it. */
  readonly name: string;
  /** The request's own counts were told; else they are a difference of totals. */
  readonly exact: boolean;
}

/** A counter that has shown nothing yet. */
export function startCounter(): Counter {
  return { starts: [], round: 0 };
}

/** The counts in a `token_usage`; undefined where it holds none at all. */
export function readCounts(usage: Json | undefined): Counts | undefined {
  const input = at(usage, 'input_tokens');
  const output = at(usage, 'output_tokens');
  if (input === undefined && output === undefined) return undefined;
  const all = count(input);
  const cached = Math.min(
    all,
    Math.max(count(at(usage, 'cached_input_tokens')), count(at(usage, 'cache_read_input_tokens'))),
  );
  const generated = count(output);
  return {
    input: all,
    cached,
    written: Math.min(all - cached, count(at(usage, 'cache_write_input_tokens'))),
    output: generated,
    reasoning: Math.min(generated, count(at(usage, 'reasoning_output_tokens'))),
  };
}

/**
 * The request behind a snapshot of the counter; undefined where it shows nothing new. `anew` is called when the totals
 * have begun anew, before the request is named. The same totals again are a repetition. Totals that fall a little are
 * a late, outdated snapshot; totals that fall far have begun anew.
 */
export function nextRequest(
  counter: Counter,
  total: Counts | undefined,
  last: Counts | undefined,
  anew: () => void,
): Request | undefined {
  const before = counter.total;
  const now = total ?? (last && before ? add(before, last) : last);
  if (now === undefined || size(now) === 0 || (before && same(now, before))) return undefined;
  const first = total !== undefined && last !== undefined && same(total, last);
  const restarted = before !== undefined && (first || size(now) < size(before));
  if (restarted && isOutdated(counter, now, before, last, first)) return undefined;
  counter.total = now;
  if (restarted) anew();
  if (restarted || counter.starts.length === 0) begin(counter, now);
  const exact = last !== undefined && (size(last) > 0 || before === undefined);
  const used = exact ? last : before && !restarted ? subtract(now, before) : now;
  if (size(used) === 0) return undefined;
  const round = counter.round > 0 ? `~${counter.round}` : '';
  return { tokens: normal(used), name: nameOf(now) + round, exact };
}

/** Another thread's history begins; its totals may go on from where they are. */
export function changeThread(counter: Counter): void {
  counter.starts = [];
  counter.round = 0;
}

function begin(counter: Counter, now: Counts): void {
  const start = nameOf(now);
  counter.round = counter.starts.filter((known) => known === start).length;
  counter.starts = [...counter.starts.slice(-49), start];
}

function isOutdated(
  { starts }: Counter,
  now: Counts,
  before: Counts,
  last: Counts | undefined,
  first: boolean,
): boolean {
  if (starts.length === 0 || now.input > before.input || now.output > before.output) return false;
  // Totals of a single request are those of a new counter, unless an earlier first request is repeated.
  if (first && !starts.includes(nameOf(now))) return false;
  return size(now) >= size(before) * 0.98 || (last !== undefined && size(now) + 2 * size(last) >= size(before));
}

function nameOf(counts: Counts): string {
  return `${counts.input}.${counts.cached}.${counts.output}`;
}

function same(one: Counts, other: Counts): boolean {
  return one.input === other.input && one.cached === other.cached && one.output === other.output;
}

function size(counts: Counts): number {
  return counts.input + counts.output;
}

function add(one: Counts, other: Counts): Counts {
  return combine(one, other, 1);
}

function subtract(one: Counts, other: Counts): Counts {
  return combine(one, other, -1);
}

function combine(one: Counts, other: Counts, sign: 1 | -1): Counts {
  const part = (name: keyof Counts) => Math.max(0, one[name] + sign * other[name]);
  return {
    input: part('input'),
    cached: part('cached'),
    written: part('written'),
    output: part('output'),
    reasoning: part('reasoning'),
  };
}

function normal(used: Counts): TokenCounts {
  const cached = Math.min(used.cached, used.input);
  const written = Math.min(used.written, used.input - cached);
  return {
    input: used.input - cached - written,
    output: used.output,
    cacheRead: cached,
    cacheWrite5m: written,
    cacheWrite1h: 0,
    reasoning: Math.min(used.reasoning, used.output),
  };
}

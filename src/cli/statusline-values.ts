import { branchSums } from '../ledger/branch-sums.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { sessionSums } from '../ledger/origin-sums.ts';
import { type LimitPace, limitShortLabel } from '../stats/limit-pace.ts';
import { listPriceUSD } from '../stats/list-price.ts';
import { sumOf } from '../stats/sums.ts';
import { compact, exact, usd } from '../usage/format.ts';
import type { ModelTally, Sums } from '../usage/tally.ts';
import { freshTokens, totalTokens } from '../usage/usage-event.ts';
import { branchOf } from './git-branch.ts';
import type { Placeholder, ValueOf } from './statusline-format.ts';
import type { StatuslineInput } from './statusline-input.ts';
import { harmless } from './terminal-text.ts';

export interface StatuslineFacts {
  /** Undefined where there is none yet. */
  readonly ledger: Ledger | undefined;
  readonly today: readonly ModelTally[];
  /** The most pressing first. */
  readonly limits: readonly LimitPace[];
  readonly input: StatuslineInput;
  /** The folder whose branch counts, absolute; undefined where it is gone. */
  readonly folder: string | undefined;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly color: boolean;
}

/** The values of all placeholders; what takes long to find out is only asked for where a format wants it. */
export function statuslineValues(facts: StatuslineFacts): ValueOf {
  const { ledger, input, folder, now } = facts;
  const today = sumOf(facts.today);
  const current = facts.limits.filter((limit) => limit.current);
  const session = once(() =>
    ledger === undefined || input.session === undefined ? undefined : sessionSums(ledger, 'claude-code', input.session),
  );
  const place = once(() => (folder === undefined ? undefined : branchOf(folder)));
  const branch = once(() => {
    const found = place();
    return ledger === undefined || found === undefined ? undefined : branchSums(ledger, found);
  });
  const window = (minutes: number): LimitPace | undefined =>
    current.find((limit) => limit.windowMinutes === minutes && limit.tool === 'claude-code') ??
    current.find((limit) => limit.windowMinutes === minutes);
  const values: Readonly<Record<Placeholder, () => string>> = {
    tokens: () => tokens(today),
    fresh: () => (today.events > 0 ? compact(freshTokens(today)) : ''),
    cost: () => cost(today),
    requests: () => exact(today.events),
    'session.tokens': () => tokens(session()),
    'session.fresh': () => fresh(session()),
    'session.cost': () => cost(session()),
    branch: () => harmless(place()?.branch ?? ''),
    'branch.tokens': () => tokens(branch()),
    'branch.fresh': () => fresh(branch()),
    'branch.cost': () => cost(branch()),
    limit: () => pressing(current, facts.color),
    'limit.5h': () => percent(window(300), facts.color),
    'limit.5h.reset': () => timeLeft(window(300), now),
    'limit.week': () => percent(window(10_080), facts.color),
    'limit.week.reset': () => timeLeft(window(10_080), now),
    model: () => harmless(input.model ?? mostUsed(facts.today)),
    context: () => (input.contextPercent === undefined ? '' : `${Math.floor(input.contextPercent)}%`),
  };
  return (placeholder) => values[placeholder]();
}

function once<Value>(find: () => Value): () => Value {
  let found: { readonly value: Value } | undefined;
  return () => {
    found ??= { value: find() };
    return found.value;
  };
}

/** `~` before what holds estimates. */
function tokens(sums: Sums | undefined): string {
  if (sums === undefined) return '';
  return `${sums.estimatedTokens > 0 ? '~' : ''}${compact(totalTokens(sums))}`;
}

function fresh(sums: Sums | undefined): string {
  return sums === undefined ? '' : compact(freshTokens(sums));
}

/** List price; with a `+` where some of the tokens have no known price. */
function cost(sums: Sums | undefined): string {
  if (sums === undefined || listPriceUSD(sums) === null) return '';
  return `${usd(sums.costNanoUSD)}${sums.unpricedTokens > 0 ? '+' : ''}`;
}

/** The limit that is most pressing, if any is; where several tools have limits, with the tool's name. */
function pressing(limits: readonly LimitPace[], color: boolean): string {
  const [first] = limits;
  if (first === undefined || first.level === 'quiet') return '';
  const tools = new Set(limits.map((limit) => limit.tool));
  return `${tools.size > 1 ? `${first.tool} ` : ''}${limitShortLabel(first)} ${percent(first, color)}`;
}

function percent(limit: LimitPace | undefined, color: boolean): string {
  if (limit === undefined) return '';
  const text = `${Math.floor(limit.usedPercent)}%`;
  if (!color || limit.level === 'quiet') return text;
  return `\u001b[${limit.level === 'over' ? 31 : 33}m${text}\u001b[39m`;
}

/** `2h 5m`, `3d 4h`, `12m`. */
function timeLeft(limit: LimitPace | undefined, now: number): string {
  if (limit?.resetsAt === undefined) return '';
  const minutes = Math.ceil((limit.resetsAt - now) / 60_000);
  const hours = Math.floor(minutes / 60);
  if (hours >= 24) return `${Math.floor(hours / 24)}d ${hours % 24}h`;
  return hours > 0 ? `${hours}h ${minutes % 60}m` : `${minutes}m`;
}

/** The model of most of the tokens. */
function mostUsed(tallies: readonly ModelTally[]): string {
  const sums = new Map<string, number>();
  for (const tally of tallies) sums.set(tally.model, (sums.get(tally.model) ?? 0) + totalTokens(tally));
  return [...sums].reduce((most, one) => (one[1] > most[1] ? one : most), ['', 0])[0];
}

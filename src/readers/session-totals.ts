import { totalTokens, type UsageEvent } from '../usage/usage-event.ts';
import { count, elements, entries, field, type Json, text, time } from './json.ts';

/**
 * What was seen of a tool that logs only sums of a session: what was added each time, by the sum's name. A carry holds it,
 * and hands it on to newer versions of its reader (`start(log, before)`), since no log tells it again.
 */
export type SeenTotals = Record<string, Addition[]>;

interface Addition {
  /** What follows the sum's name in the key: `0` for the first sight, else a quarter of an hour and the model. */
  readonly name: string;
  readonly time: number;
  readonly model: string;
  readonly provider?: string | undefined;
  /** Input, output, cache reads, cache writes of five minutes and an hour, reasoning, nano-USD. */
  figures: readonly number[];
}

/** A session's sum, as an event: the key names the sum, the time is the session's own, the counts are all so far. */
export type SessionTotal = Omit<UsageEvent, 'rank' | 'copy'>;

const quarterMs = 900_000;
const none: readonly number[] = [0, 0, 0, 0, 0, 0, 0];

/**
 * The events of a session's sum: its first sight at the session's own time, then what was added since, at the time when
 * that was seen: `seenAt`, best the session's own last change, else the log's. A sum that is lower than before (a cut log,
 * an older copy) changes nothing. What was told before is told again under the same keys.
 */
export function sessionTotal(seen: SeenTotals, total: SessionTotal, seenAt: number): readonly UsageEvent[] {
  seen[total.key] ??= [];
  const additions = seen[total.key] as Addition[];
  const known = additions.reduce((sum, { figures }) => plus(sum, figures), none);
  const added = figuresOf(total).map((figure, place) => Math.max(0, figure - (known[place] as number)));
  if (added.some((figure) => figure > 0)) note(additions, added, total, seenAt);
  return additions.map((addition) => eventOf(total, addition));
}

/** What another version of the reader saw, in its carry; nothing where that holds no such thing. */
export function seenBefore(carried: Json | undefined): SeenTotals {
  const seen: SeenTotals = {};
  for (const [key, list] of entries(carried)) {
    seen[key] = elements(list).flatMap((one): Addition[] => {
      const [name, at, model] = [text(field(one, 'name')), time(field(one, 'time')), text(field(one, 'model'))];
      const figures = elements(field(one, 'figures')).map(count);
      if (name === undefined || at === undefined || model === undefined || figures.length !== none.length) return [];
      return [{ name, time: at, model, provider: text(field(one, 'provider')), figures }];
    });
  }
  return seen;
}

function note(additions: Addition[], figures: readonly number[], total: SessionTotal, seenAt: number): void {
  const { model, provider } = total;
  const last = additions.at(-1);
  // Money alone would be no request.
  if (last !== undefined && figures.every((figure, place) => figure === 0 || place === none.length - 1)) {
    last.figures = plus(last.figures, figures);
    return;
  }
  const first = last === undefined;
  const name = first ? '0' : `${Math.floor(seenAt / quarterMs)}:${model}`;
  const same = additions.find((addition) => addition.name === name);
  if (same !== undefined) same.figures = plus(same.figures, figures);
  else additions.push({ name, time: first ? total.time : seenAt, model, provider, figures });
}

function figuresOf({ tokens, reportedUSD = 0 }: SessionTotal): readonly number[] {
  const { input, output, cacheRead, cacheWrite5m, cacheWrite1h, reasoning } = tokens;
  return [input, output, cacheRead, cacheWrite5m, cacheWrite1h, reasoning, Math.round(reportedUSD * 1e9)];
}

function eventOf(total: SessionTotal, { name, time, model, provider, figures }: Addition): UsageEvent {
  const [input, output, cacheRead, cacheWrite5m, cacheWrite1h, reasoning, nanoUSD] = figures as [
    ...[number, number, number, number, number, number, number],
  ];
  const tokens = { input, output, cacheRead, cacheWrite5m, cacheWrite1h, reasoning: Math.min(reasoning, output) };
  return {
    ...total,
    key: `${total.key}:${name}`,
    time,
    model,
    provider,
    tokens,
    // It grows while the quarter of an hour lasts.
    rank: totalTokens(tokens),
    reportedUSD: nanoUSD > 0 ? nanoUSD / 1e9 : undefined,
  };
}

function plus(a: readonly number[], b: readonly number[]): readonly number[] {
  return a.map((value, place) => value + (b[place] as number));
}

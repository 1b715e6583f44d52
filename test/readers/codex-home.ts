import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { codex } from '../../src/readers/codex.ts';
import { pick } from '../../src/readers/pick.ts';
import type { Finding, LogFile, LogPlace } from '../../src/readers/reader.ts';
import { totalTokens, type UsageEvent } from '../../src/usage/usage-event.ts';

const fixtures = join(import.meta.dirname, '../fixtures/codex');

/** The names of all fixtures. */
export const cases: readonly string[] = readdirSync(fixtures);

/** What a fixture's logs come to, by model. */
export function expected(name: string): unknown {
  return JSON.parse(readFileSync(join(fixtures, name, 'expected.json'), 'utf8')).codex;
}

/** All that the reader finds in the logs of a fixture, file after file, its carry stored as JSON between the lines. */
export function findings(name: string, backwards = false): Finding[] {
  const home = join(fixtures, name, 'home').replaceAll('\\', '/');
  const found = codex.logs({ home, platform: 'linux', env: {} }).flatMap(logs).map(readLog);
  return (backwards ? found.reverse() : found).flat();
}

function logs(place: LogPlace): LogFile[] {
  const { dir } = place;
  let names: string[] = [];
  try {
    names = readdirSync(dir, { recursive: true, encoding: 'utf8' }).map((name) => name.replaceAll('\\', '/'));
  } catch {
    return [];
  }
  return names
    .filter((name) => place.files.test(name))
    .sort()
    .map((relativePath) => {
      return { path: `${dir}/${relativePath}`, relativePath, dir, modified: 0, read: () => undefined, list: () => [] };
    });
}

function readLog(log: LogFile): Finding[] {
  const format = codex.lines;
  if (format === undefined) return [];
  const bytes = readFileSync(log.path);
  const found: Finding[] = [];
  let carry = JSON.stringify(format.start(log));
  let start = bytes.subarray(0, 3).toString('latin1') === 'ï»¿' ? 3 : 0;
  while (start < bytes.length) {
    const feed = bytes.indexOf(10, start);
    const end = feed < 0 ? bytes.length : feed;
    const skipped = format.skips?.(bytes.toString('latin1', start, Math.min(end, start + 256)));
    for (let next = start; !skipped && next < end; ) {
      const picked = pick(bytes, next, end, format.shape);
      if (picked === undefined) break;
      const held = JSON.parse(carry);
      found.push(...format.line(picked.value, held, log, next));
      carry = JSON.stringify(held);
      next = picked.end;
    }
    start = end + 1;
  }
  return found;
}

/** The requests behind the findings: the counts of the highest rank, the origin of the first record that is no copy. */
export function requests(found: readonly Finding[]): UsageEvent[] {
  const usage = found.filter((finding) => finding.kind === 'usage');
  return groups(usage, ({ key }) => key).flatMap(([, records]) => {
    const owners = records.filter(({ copy }) => !copy);
    const [owner] = (owners.length > 0 ? owners : records).toSorted((a, b) => a.time - b.time);
    const [best] = records.toSorted((a, b) => (b.rank ?? 0) - (a.rank ?? 0));
    // Without tokens it is one of OpenClaw's that Codex takes back.
    const isRequest = owner && best && totalTokens(best.tokens) > 0;
    return isRequest ? [{ ...owner, tokens: best.tokens, model: best.model }] : [];
  });
}

function groups(events: readonly UsageEvent[], name: (event: UsageEvent) => string): [string, UsageEvent[]][] {
  const found = new Map<string, UsageEvent[]>();
  for (const event of events) found.set(name(event), [...(found.get(name(event)) ?? []), event]);
  return [...found];
}

/** The sums of requests by model, as a fixture's `expected.json` has them. */
export function byModel(events: readonly UsageEvent[]): Record<string, Record<string, number>> {
  const sums: Record<string, Record<string, number>> = {};
  for (const [model, group] of groups(events, (event) => event.model)) {
    const sum = (part: (event: UsageEvent) => number) => group.reduce((total, event) => total + part(event), 0);
    sums[model] = {
      input: sum(({ tokens }) => tokens.input),
      output: sum(({ tokens }) => tokens.output),
      cacheRead: sum(({ tokens }) => tokens.cacheRead),
      cacheWrite: sum(({ tokens }) => tokens.cacheWrite5m + tokens.cacheWrite1h),
      reasoning: sum(({ tokens }) => tokens.reasoning),
      events: group.length,
    };
  }
  return sums;
}

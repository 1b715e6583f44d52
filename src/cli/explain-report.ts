import type { ToolExplanation } from '../ledger/explain.ts';
import { otherCounts } from '../stats/other-counters.ts';
import { sumOf } from '../stats/sums.ts';
import { exact } from '../usage/format.ts';
import type { Tally } from '../usage/tally.ts';
import { freshTokens, totalTokens } from '../usage/usage-event.ts';
import { counted } from './notes.ts';
import type { Terminal } from './terminal.ts';
import { harmless, shorten, wrap } from './terminal-text.ts';
import { tildePath } from './tilde-path.ts';

export interface ExplainFacts {
  readonly day: string;
  readonly timezone: string;
  /** Epoch milliseconds, the end not included. */
  readonly span: { readonly since: number; readonly until: number };
  /** What the ledger counts on the day. */
  readonly tallies: readonly Tally[];
  readonly utcDayTokens: number;
  readonly tools: readonly ToolExplanation[];
  /** The home folder: it is written `~`. */
  readonly home: string;
}

const filesShown = 10;

/** How a day's figure came about, tool by tool, and what other counters would say of it. */
export function explainReport(facts: ExplainFacts, { width, paint }: Terminal): string[] {
  const { day, timezone, span, tallies } = facts;
  const sums = sumOf(tallies);
  const tokens = totalTokens(sums);
  const heading = `${day} in ${timezone} (${minuteIn(span.since)} to ${minuteIn(span.until)} UTC): ${exact(tokens)} tokens in ${counted(sums.events, 'request')}`;
  const tools = facts.tools.filter(({ tool }) => tallies.some((tally) => tally.tool === tool));
  return [
    ...wrap(heading, width, '  ').map((line) => paint(line, 'strong')),
    ...tools.flatMap((tool) => {
      const [title = '', ...lines] = toolLines(tool, facts, width);
      return ['', paint(title, 'strong'), ...lines];
    }),
    ...othersLines(facts, tokens, width, paint),
  ];
}

function toolLines(explained: ToolExplanation, { tallies, home }: ExplainFacts, width: number): string[] {
  const sums = sumOf(tallies.filter((tally) => tally.tool === explained.tool));
  const { records, duplicateRecords, inSeveralFiles, onlyInLedger, files } = explained;
  const cacheWrites = sums.cacheWrite5m + sums.cacheWrite1h;
  const reasoning = sums.reasoning > 0 ? ` (${exact(sums.reasoning)} of it reasoning)` : '';
  const facts = [
    `input ${exact(sums.input)}, output ${exact(sums.output)}${reasoning}, cache reads ${exact(sums.cacheRead)}, cache writes ${exact(cacheWrites)}; fresh ${exact(freshTokens(sums))}`,
    `${counted(records, 'record')} in ${counted(files.length, 'log')} ${records === 1 ? 'tells' : 'tell'} of ${sums.events === 1 ? 'this request' : 'these requests'}; ${
      duplicateRecords === 0
        ? 'none is repeated.'
        : `${counted(duplicateRecords, 'repeats a request and was dropped', 'repeat a request and were dropped')} (${exact(explained.duplicateTokens)} tokens).`
    }`,
    ...(inSeveralFiles > 0
      ? [
          `${counted(inSeveralFiles, 'request stands', 'requests stand')} in several logs (resumed or copied sessions); each counts once.`,
        ]
      : []),
    ...(onlyInLedger > 0
      ? [
          `${counted(onlyInLedger, 'request is', 'requests are')} kept in the ledger only (${exact(explained.onlyInLedgerTokens)} tokens): no log here tells of ${onlyInLedger === 1 ? 'it' : 'them'}.`,
        ]
      : []),
    ...(sums.estimatedTokens > 0
      ? [`~${exact(sums.estimatedTokens)} tokens are estimates: the log holds text but no counts.`]
      : []),
  ];
  const shown = files.slice(0, filesShown).map((file) => {
    const share = `    ${counted(file.requests, 'request')}, ${counted(file.records, 'record')}: `;
    return share + shorten(tildePath(file.path, home), Math.max(20, width - share.length), 'start');
  });
  const more = files.length - shown.length;
  return [
    `${harmless(explained.title)}: ${exact(totalTokens(sums))} tokens in ${counted(sums.events, 'request')}`,
    ...facts.flatMap((fact) => wrap(`  ${fact}`, width, '    ')),
    ...shown,
    ...(more > 0 ? [`    and ${counted(more, 'more log')}`] : []),
  ];
}

function othersLines(facts: ExplainFacts, tokens: number, width: number, paint: Terminal['paint']): string[] {
  const { tallies, tools } = facts;
  const sums = sumOf(tallies);
  const others = otherCounts({
    tokens,
    duplicates: tools.reduce((sum, tool) => sum + tool.duplicateTokens, 0),
    cacheReads: sums.cacheRead,
    subagents: totalTokens(sumOf(tallies.filter((tally) => tally.subagent))),
    onlyInLedger: tools.reduce((sum, tool) => sum + tool.onlyInLedgerTokens, 0),
    estimated: sums.estimatedTokens,
    utcDay: facts.utcDayTokens,
  });
  if (others.length === 0) return [];
  const digits = Math.max(...others.map((other) => exact(other.tokens).length));
  return [
    '',
    ...wrap('Why another counter may say otherwise: it would count', width).map((line) => paint(line, 'strong')),
    ...others.flatMap(({ tokens: count, way }) => {
      const [first = '', ...rest] = wrap(`if it ${way}`, Math.max(20, width - digits - 4));
      return [`  ${exact(count).padStart(digits)}  ${first}`, ...rest.map((line) => ' '.repeat(digits + 4) + line)];
    }),
  ];
}

function minuteIn(time: number): string {
  return new Date(time).toISOString().slice(0, 16).replace('T', ' ');
}

import { type TokenCounts, totalTokens, type UsageEvent } from '../usage/usage-event.ts';
import { count, field, type Json, number, text, time } from './json.ts';
import { slashed } from './paths.ts';
import { type LogFile, type LogPlace, type Machine, reader } from './reader.ts';
import { parseJson } from './vscode-data.ts';

/** What the lines of a log have told so far. */
interface AiderCarry {
  readonly project?: string | undefined;
  /** When the chat began, epoch milliseconds; 0 before its first line. */
  began: number;
  /** Reports of the chat so far. */
  reports: number;
  model: string;
}

const heading = /^# aider chat started at (\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)$/;
const modelLine = /^> (?:Main model|Model): (\S+) with /;
const figure = '([\\d.]+k?)';
const reportLine = new RegExp(
  `^> Tokens: ${figure} sent(?:, ${figure} cache write)?(?:, ${figure} cache hit)?, ${figure} received\\.(?:.*?\\$([\\d.]+) message)?`,
);

/** Aider writes its chats down as text, with rounded counts after each reply; its analytics log, which few keep, has exact ones. */
export const aider = reader<AiderCarry, never, never>({
  id: 'aider',
  title: 'Aider',
  version: 1,
  evidence: 'source',
  note: 'Estimated: chats tell counts rounded to three digits, or to thousands, and the time of the chat only. Exact with an analytics log (AIDER_ANALYTICS_LOG), without what was cached. Found in folders of projects such as ~/code.',
  logs,
  lines: {
    plain: true,
    skips: (head) => !/^(?:# aider chat started|> (?:Tokens|Model|Main model): |\{)/.test(head),
    shape: {},
    start: (log) => ({ project: folderOf(log), began: 0, reports: 0, model: 'unknown' }),
    line,
  },
});

const history = /^(?:[^/]+\/)?\.aider\.chat\.history\.md$/;
/** Where people keep projects; Aider leaves its chats in each. */
const folders = [
  'code',
  'src',
  'dev',
  'projects',
  'repos',
  'git',
  'work',
  'workspace',
  'Documents/GitHub',
  'Developer',
];

/** Where both are kept they tell of the same requests, the analytics log better. */
function logs({ home, platform, env }: Machine): readonly LogPlace[] {
  const [analytics, chats] = [env.AIDER_ANALYTICS_LOG, env.AIDER_CHAT_HISTORY_FILE].map((written) => {
    const path = slashed(written ?? '', platform);
    return /^(?:\/|[A-Za-z]:\/)/.test(path) ? path : '';
  });
  const named = analytics || chats || '';
  const places = analytics
    ? []
    : [
        { dir: slashed(home, platform), files: history, kind: 'lines', depth: 0 } as const,
        ...folders.map(
          (name) => ({ dir: `${slashed(home, platform)}/${name}`, files: history, kind: 'lines', depth: 1 }) as const,
        ),
      ];
  const slash = named.lastIndexOf('/');
  if (slash < 0) return places;
  const files = new RegExp(`^${named.slice(slash + 1).replace(/[^\w-]/g, '\\$&')}$`);
  return [...places, { dir: named.slice(0, slash) || '/', files, kind: 'lines', depth: 0 }];
}

function folderOf({ path }: LogFile): string | undefined {
  return path.endsWith('/.aider.chat.history.md') ? path.slice(0, path.lastIndexOf('/')) : undefined;
}

function* line(value: Json, carry: AiderCarry): Iterable<UsageEvent> {
  const written = text(value) ?? '';
  if (written.startsWith('{')) yield* analysed(parseJson(written), carry);
  const began = heading.exec(written);
  if (began !== null) {
    const [year = 0, month = 0, ...rest] = began.slice(1).map(Number);
    // In the time of the machine, which is not told.
    carry.began = new Date(year, month - 1, ...(rest as [number])).getTime();
    carry.reports = 0;
  }
  carry.model = modelLine.exec(written)?.[1] ?? carry.model;
  const report = reportLine.exec(written);
  if (report === null || carry.began === 0) return;
  const [sent = 0, write = 0, hit = 0, received = 0] = report.slice(1, 5).map(unrounded);
  const cost = number(report[5]) ?? 0;
  carry.reports++;
  yield {
    kind: 'usage',
    key: ['aider', carry.began, carry.reports, sent, received].join(':'),
    time: carry.began,
    model: carry.model,
    tokens: tokensOf(sent, write, hit, received),
    session: `${carry.began}`,
    project: carry.project,
    reportedUSD: cost > 0 ? cost : undefined,
    estimated: true,
  };
}

/** A line of the analytics log. */
function* analysed(entry: Json | undefined, carry: AiderCarry): Iterable<UsageEvent> {
  const [event, made, told] = [field(entry, 'event'), time(field(entry, 'time')), field(entry, 'properties')];
  if (made === undefined) return;
  if (event === 'launched' || carry.began === 0) carry.began = made;
  if (event !== 'message_send') return;
  const [sent, received] = [count(field(told, 'prompt_tokens')), count(field(told, 'completion_tokens'))];
  const tokens = tokensOf(sent, 0, 0, received);
  const cost = number(field(told, 'cost')) ?? 0;
  if (totalTokens(tokens) === 0) return;
  yield {
    kind: 'usage',
    key: ['aider', made, sent, received, number(field(told, 'total_cost')) ?? 0].join(':'),
    time: made,
    model: text(field(told, 'main_model')) ?? 'unknown',
    tokens,
    session: `${carry.began}`,
    reportedUSD: cost > 0 ? cost : undefined,
  };
}

/** `12k`, `1.2k`, `345` */
function unrounded(written: string | undefined): number {
  if (written === undefined) return 0;
  return written.endsWith('k') ? Math.round(Number.parseFloat(written) * 1000) : count(written);
}

/** What was written to a cache is in what was sent; what was read from it is or is not, by provider. */
function tokensOf(sent: number, write: number, hit: number, output: number): TokenCounts {
  const rest = Math.max(0, sent - write);
  return {
    input: rest >= hit ? rest - hit : rest,
    output,
    cacheRead: hit,
    cacheWrite5m: write,
    cacheWrite1h: 0,
    reasoning: 0,
  };
}

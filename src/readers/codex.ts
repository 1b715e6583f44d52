import type { LimitReading } from '../usage/limit-reading.ts';
import type { UsageEvent } from '../usage/usage-event.ts';
import { type Counter, type Counts, changeThread, nextRequest, readCounts, startCounter } from './codex-counter.ts';
import { readLimits } from './codex-limits.ts';
import {
  type Lineage,
  readHead,
  readMaker,
  readOrdinal,
  readRequest,
  readReset,
  readTurn,
  startLineage,
  teller,
} from './codex-lineage.ts';
import { at, field, type Json, number, text, time } from './json.ts';
import { mirrorKey } from './openclaw-request.ts';
import { slashed } from './paths.ts';
import type { Shape } from './pick.ts';
import { type LogFile, type LogPlace, type Machine, reader } from './reader.ts';
import { takenBack } from './taken-back.ts';

/** What the lines of a rollout so far say of the next one. */
interface CodexCarry {
  lineage: Lineage;
  counter: Counter;
  model?: string | undefined;
  provider?: string | undefined;
  tier?: string | undefined;
  /** Where the current turn works. */
  cwd?: string | undefined;
  /** Of the last line, epoch milliseconds. */
  time: number;
  /** The current turn, where OpenClaw has Codex work for it. */
  turn?: string | undefined;
}

/** Codex CLI, and the IDE extension and desktop app that write the same rollouts. */
export const codex = reader<CodexCarry, never, never>({
  id: 'codex',
  title: 'Codex',
  version: 1,
  evidence: 'log',
  note: 'Exact; sessions of early versions do not tell their model.',
  logs: places,
  lines: { skips, shape: lineShape(), start, line },
});

function places(machine: Machine): LogPlace[] {
  const named = (machine.env.CODEX_HOME ?? '').split(',').map((home) => home.trim());
  const homes = named.filter((home) => home !== '').map((home) => home.replace(/^~(?=[\\/]|$)/, () => machine.home));
  const own = [...new Set(homes.length > 0 ? homes : [`${machine.home}/.codex`])].flatMap((home) =>
    ['sessions', 'archived_sessions'].map((folder): LogPlace => {
      return { dir: `${home.replace(/[\\/]+$/, '')}/${folder}`, files: /\.jsonl(?:\.zst)?$/, kind: 'lines' };
    }),
  );
  const openclaw = machine.env.OPENCLAW_STATE_DIR?.trim() || `${machine.home}/.openclaw`;
  return [...own, openclawHomes(slashed(openclaw, machine.platform))];
}

/** The homes that OpenClaw gives to Codex, one an agent. */
function openclawHomes(folder: string): LogPlace {
  return {
    dir: `${folder}/agents`,
    files: /^[^/]+\/agent\/codex-home\/(?:sessions|archived_sessions)\/.+\.jsonl(?:\.zst)?$/,
    enter: /^[^/]+(?:\/agent(?:\/codex-home(?:\/(?:sessions|archived_sessions)(?:\/.+)?)?)?)?$/,
    kind: 'lines',
  };
}

function lineShape(): Shape {
  const info = {
    model: true,
    latest_response_model: true,
    requested_model: true,
    total_token_usage: true,
    last_token_usage: true,
  } as const;
  const head = {
    id: true,
    timestamp: true,
    cwd: true,
    git: { branch: true },
    model: true,
    model_provider: true,
  } as const;
  return {
    ...head,
    type: true,
    ordinal: true,
    thread_id: true,
    usage: true,
    info,
    rate_limits: true,
    payload: {
      ...head,
      type: true,
      msg: { type: true, info, rate_limits: true },
      session_id: true,
      forked_from_id: true,
      parent_thread_id: true,
      thread_source: true,
      source: true,
      subagent_history_start_ordinal: true,
      turn_id: true,
      started_at: true,
      thread_id: true,
      thread_settings: { model: true, model_provider_id: true, service_tier: true },
      info,
      rate_limits: true,
    },
  };
}

const opening =
  /^(?:ï»¿)?\s*\{\s*(?:"(?:timestamp|ordinal)"\s*:\s*(?:"[^"\\]*"|\d+)\s*,\s*)*"type"\s*:\s*"([^"\\]*)"(?:\s*,\s*"payload"\s*:\s*\{\s*"type"\s*:\s*"([^"\\]*)")?/;
const kinds = new Set(
  'session_meta turn_context event_msg event token_usage_record token_count thread.started turn.completed'.split(' '),
);
const events = new Set('token_count task_started turn_started user_message thread_settings_applied'.split(' '));

/** Most lines are messages and tool calls. Only a line that opens with its type, and is alone, tells surely what it is. */
function skips(head: string): boolean {
  const found = opening.exec(head);
  if (found?.[1] === undefined || /\}\s*\{/.test(head)) return false;
  return !kinds.has(found[1]) || (found[1] === 'event_msg' && found[2] !== undefined && !events.has(found[2]));
}

function start(log: LogFile): CodexCarry {
  const name = log.relativePath.replace(/^.*\//, '').replace(/\.jsonl(?:\.zst)?$/, '');
  const id = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.exec(name)?.[0] ?? name;
  const dated =
    /(\d{4})-(\d\d)-(\d\d)T(\d\d)-(\d\d)-(\d\d)/.exec(name) ?? /(\d{4})\/(\d\d)\/(\d\d)/.exec(log.relativePath);
  const [year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0] = (dated ?? []).slice(1).map(Number);
  const opened = Date.UTC(year, month - 1, day, hour, minute, second);
  return { lineage: startLineage(id), counter: startCounter(), time: opened };
}

function* line(value: Json, carry: CodexCarry, log: LogFile): Iterable<UsageEvent | LimitReading> {
  const type = text(field(value, 'type'));
  const payload = type === 'event' ? at(value, 'payload', 'msg') : field(value, 'payload');
  const body = payload ?? value;
  const told = time(field(value, 'timestamp'));
  const now = told ?? carry.time;
  const before = carry.time;
  carry.time = now;
  const { lineage } = carry;
  const here = lineage.here;
  const event =
    payload === undefined ? (at(value, 'info') === undefined ? type : 'token_count') : eventOf(type, payload);
  if (event === 'session_meta' || (type === undefined && !lineage.named && text(at(body, 'id')) !== undefined)) {
    readHead(lineage, body, told);
    carry.provider = text(at(body, 'model_provider')) ?? carry.provider;
    carry.model = text(at(body, 'model')) ?? carry.model;
  } else if (event === 'thread.started') {
    startThread(carry, text(at(body, 'thread_id')));
  } else {
    readOrdinal(lineage, number(field(value, 'ordinal')));
    if (event === 'turn_context' || event === 'task_started' || event === 'turn_started' || event === 'user_message') {
      readTurn(lineage, text(at(body, 'turn_id')), at(body, 'started_at'), told, before);
    } else if (event === 'token_usage_record') {
      readMaker(lineage, text(at(body, 'thread_id')));
    } else if (event === 'token_count' && at(body, 'info') != null) {
      readRequest(lineage, told, before);
    }
  }
  if (lineage.here !== here) {
    changeThread(carry.counter);
    carry.cwd = undefined;
  }
  if (event === 'turn_context') {
    if (log.path.includes('/codex-home/')) carry.turn = text(at(body, 'turn_id'));
    carry.model = text(at(body, 'model')) ?? carry.model;
    carry.cwd = text(at(body, 'cwd')) ?? carry.cwd;
  } else if (event === 'thread_settings_applied') {
    readSettings(carry, at(body, 'thread_settings'));
  } else if (event === 'token_count') {
    yield* readTokenCount(body, carry, now);
  } else if (event === 'turn.completed') {
    yield* requests(carry, readCounts(at(body, 'usage')), undefined, now);
  }
}

function eventOf(type: string | undefined, payload: Json): string | undefined {
  return type === 'event_msg' || type === 'event' ? text(field(payload, 'type')) : type;
}

/** `codex exec --json` tells of a thread without a head; its totals go on when the thread is resumed. */
function startThread(carry: CodexCarry, id: string | undefined): void {
  if (id === undefined || id === carry.lineage.threads[0]?.id) return;
  carry.lineage = { ...startLineage(id), named: true };
  carry.counter = startCounter();
}

/** A snapshot of all settings: what is absent is at its default. */
function readSettings(carry: CodexCarry, settings: Json | undefined): void {
  carry.model = text(at(settings, 'model')) ?? carry.model;
  carry.provider = text(at(settings, 'model_provider_id')) ?? carry.provider;
  const tier = text(at(settings, 'service_tier'))?.toLowerCase();
  carry.tier = tier === 'default' || tier === 'auto' || tier === 'standard' ? undefined : tier;
}

function* readTokenCount(body: Json, carry: CodexCarry, now: number): Iterable<UsageEvent | LimitReading> {
  const info = at(body, 'info');
  carry.model =
    ['model', 'latest_response_model', 'requested_model'].map((name) => text(at(info, name))).find(Boolean) ??
    text(at(body, 'model')) ??
    carry.model;
  const total = readCounts(at(info, 'total_token_usage'));
  yield* requests(carry, total, readCounts(at(info, 'last_token_usage')), now);
  // A copy does not tell when the limits were so.
  if (carry.lineage.here === 0) yield* readLimits(at(body, 'rate_limits'), now);
}

function* requests(
  carry: CodexCarry,
  total: Counts | undefined,
  last: Counts | undefined,
  now: number,
): Iterable<UsageEvent> {
  const { lineage, counter } = carry;
  const request = nextRequest(counter, total, last, () => {
    const here = lineage.here;
    readReset(lineage);
    if (lineage.here !== here) changeThread(counter);
  });
  if (request === undefined) return;
  const thread = teller(lineage);
  const copy = lineage.here > 0;
  const served = !copy && lineage.subagent;
  const event: UsageEvent = {
    kind: 'usage',
    key: `codex:${thread.id}:${request.name}`,
    time: now,
    model: carry.model ?? 'unknown',
    provider: carry.provider,
    tokens: request.tokens,
    rank: (request.exact ? 2 : 0) + (copy ? 0 : 1),
    copy: copy || undefined,
    session: served ? (lineage.parent ?? thread.id) : thread.id,
    project: carry.cwd ?? thread.cwd ?? lineage.threads[0]?.cwd,
    branch: thread.branch,
    subagent: served || undefined,
    agent: served ? thread.id : undefined,
    tier: carry.tier,
  };
  yield event;
  if (carry.turn !== undefined) yield takenBack(mirrorKey(thread.id, carry.turn), event);
}

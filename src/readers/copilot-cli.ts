import type { UsageEvent } from '../usage/usage-event.ts';
import { type StoreCursor, startStore, storeRows } from './copilot-cli-database.ts';
import { type EventsCarry, eventLine, eventsShape } from './copilot-cli-events.ts';
import { type OtelCarry, otelLine, otelShape } from './copilot-cli-otel.ts';
import type { Json } from './json.ts';
import { dataFolders, foldersNamed } from './paths.ts';
import { type LogFile, type LogPlace, type Machine, reader } from './reader.ts';

interface LinesCarry {
  readonly events?: EventsCarry;
  readonly otel?: OtelCarry;
}

/**
 * GitHub Copilot CLI. Its database has a row a request; before there was one, a session's events told sums at its end. Those
 * who had it write OpenTelemetry files have the requests a second time.
 */
export const copilotCli = reader<LinesCarry, never, StoreCursor>({
  id: 'copilot-cli',
  title: 'GitHub Copilot CLI',
  version: 1,
  evidence: 'source',
  note: 'Exact; before there was a database only the sums of sessions that ended in good order.',
  logs,
  lines: { skips, shape: { ...eventsShape, ...otelShape }, start, line },
  database: { start: startStore, rows: storeRows },
});

function logs(machine: Machine): readonly LogPlace[] {
  const { home } = dataFolders(machine);
  const named = [machine.env.COPILOT_HOME, machine.env.COPILOT_CONFIG_DIR].flatMap((value) =>
    foldersNamed(value, machine),
  );
  return [...new Set([`${home}/.copilot`, ...named])].flatMap((dir): LogPlace[] => [
    { dir, files: /^session-store\.db$/, kind: 'database', depth: 0 },
    { dir: `${dir}/session-state`, files: /^(?:[^/]+\/events|[^/]+)\.jsonl$/, kind: 'lines', depth: 1 },
    { dir: `${dir}/history-session-state`, files: /^[^/]+\.jsonl$/, kind: 'lines', depth: 0 },
    { dir: `${dir}/otel`, files: /\.jsonl$/, kind: 'lines', depth: 1 },
  ]);
}

/** Most of a session's events are messages and what tools did; a line that opens with its type, and is alone, tells surely. */
function skips(head: string): boolean {
  const type = /^\s*\{\s*"type"\s*:\s*"([^"\\]*)"/.exec(head)?.[1];
  return (
    type !== undefined && /^(?:assistant|tool|user|hook|system|subagent|skill)\./.test(type) && !/\}\s*\{/.test(head)
  );
}

function start({ dir, relativePath }: LogFile): LinesCarry {
  if (dir.endsWith('/otel')) return { otel: {} };
  const name = relativePath.replace(/(?:\/events)?\.jsonl$/, '');
  return { events: { session: name, sums: {} } };
}

function line(value: Json, { events, otel }: LinesCarry): Iterable<UsageEvent> {
  if (otel !== undefined) return otelLine(value, otel);
  return events === undefined ? [] : eventLine(value, events);
}

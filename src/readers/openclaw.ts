import type { UsageEvent } from '../usage/usage-event.ts';
import { field, type Json, text, time } from './json.ts';
import { rows } from './openclaw-database.ts';
import { openclawFolders, openclawRequest } from './openclaw-request.ts';
import { type PiPlace, usageShape } from './pi-messages.ts';
import type { Shape } from './pick.ts';
import { type LogFile, type LogPlace, type Machine, reader } from './reader.ts';
import { type RowCursor, startRows } from './row-cursor.ts';

const shape: Shape = {
  type: true,
  id: true,
  timestamp: true,
  cwd: true,
  usage: usageShape,
  message: { role: true, timestamp: true, model: true, provider: true, idempotencyKey: true, usage: usageShape },
};

/** Sessions that were deleted, begun anew or taken into the database still tell what they used. */
const transcripts =
  /^[^/]+\/(?:sessions|session-sqlite-import-archive)\/[^/]+\.jsonl(?:\.(?:deleted|reset|imported|bak|zst)[^/]*)?$/;

/** OpenClaw: pi's format in a file a session; since 2026 in a database an agent, into which the files were taken. */
export const openclaw = reader<PiPlace, never, RowCursor>({
  id: 'openclaw',
  title: 'OpenClaw',
  version: 1,
  evidence: 'log',
  note: 'Exact as told by the provider; what OpenClaw has Codex do is counted as Codex’s.',
  logs,
  lines: { shape, start, line },
  database: { start: startRows, rows },
});

function logs(machine: Machine): readonly LogPlace[] {
  return openclawFolders(machine).flatMap((folder): LogPlace[] => [
    {
      dir: `${folder}/agents`,
      files: transcripts,
      kind: 'lines',
      depth: 2,
      enter: /^[^/]+(?:\/(?:sessions|session-sqlite-import-archive))?$/,
    },
    {
      dir: `${folder}/agents`,
      files: /^[^/]+\/agent\/openclaw-agent\.sqlite$/,
      kind: 'database',
      depth: 2,
      enter: /^[^/]+(?:\/agent)?$/,
    },
  ]);
}

function start({ relativePath }: LogFile): PiPlace {
  const name = relativePath.slice(relativePath.lastIndexOf('/') + 1);
  return { session: name.replace(/\.jsonl.*$/, ''), project: undefined };
}

function* line(value: Json, place: PiPlace): Iterable<UsageEvent> {
  if (field(value, 'type') === 'session') {
    Object.assign(place, {
      session: text(field(value, 'id')) ?? place.session,
      project: text(field(value, 'cwd')),
      begun: time(field(value, 'timestamp')),
    });
    return;
  }
  const request = openclawRequest(value, place);
  if (request !== undefined) yield request;
}

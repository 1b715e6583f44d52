import { totalTokens, type UsageEvent } from '../usage/usage-event.ts';
import { time } from './json.ts';
import { slashed } from './paths.ts';
import { type ProtobufFields, protobufAt, protobufFields, protobufNumber, protobufText } from './protobuf.ts';
import { type LogFile, type LogPlace, type Machine, type ReadOnlyDatabase, reader } from './reader.ts';
import { first } from './row-cursor.ts';

/** The last request that was read, and its size then: as long as they belong together, new requests are behind it. */
interface AntigravityCursor {
  place: number;
  size: number;
}

/** Antigravity's command keeps a database a conversation, with a message of protocol buffers a request. */
export const antigravityCli = reader<never, never, AntigravityCursor>({
  id: 'antigravity-cli',
  title: 'Antigravity CLI',
  version: 1,
  evidence: 'unverified',
  note: 'Its command only. The meaning of the fields was found out by others; neither its source nor a log was at hand to check it.',
  logs,
  database: { start: () => ({ place: -1, size: 0 }), rows },
});

function logs({ home, platform, env }: Machine): readonly LogPlace[] {
  const dir = `${slashed(env.GEMINI_CLI_HOME || home, platform)}/.gemini/antigravity-cli/conversations`;
  return [{ dir, files: /^[^/]+\.db$/, kind: 'database', depth: 0 }];
}

/** Fields of a request: what it used, when it was made, by which model. */
const usage = 4;
const times = 9;
const modelName = 19;
const modelLabel = 21;

function* rows(database: ReadOnlyDatabase, cursor: AntigravityCursor, log: LogFile): Iterable<UsageEvent> {
  const columns = database.columns('gen_metadata');
  if (!columns.includes('data') || !columns.includes('idx')) return;
  const session = log.relativePath.replace(/\.db$/, '');
  const { began, project } = conversation(database);
  const last = first(database, 'SELECT length(data) AS size FROM gen_metadata WHERE idx = ?', cursor.place);
  const from = Number(last?.size ?? -1) === cursor.size ? cursor.place : -1;
  for (const { idx, data } of database.rows('SELECT idx, data FROM gen_metadata WHERE idx > ? ORDER BY idx', from)) {
    const place = Number(idx);
    if (!(data instanceof Uint8Array)) continue;
    [cursor.place, cursor.size] = [place, data.length];
    const request = protobufAt(protobufFields(data), 1);
    const used = protobufAt(request, usage);
    const of = (number: number) => protobufNumber(used, number);
    const [thinking, response] = [of(9), of(10)];
    const tokens = {
      input: of(2),
      output: Math.max(of(3), thinking + response),
      cacheRead: of(5),
      cacheWrite5m: of(4),
      cacheWrite1h: 0,
      reasoning: thinking,
    };
    const made = timeAt(protobufAt(request, times, 4)) ?? began ?? log.modified;
    if (totalTokens(tokens) === 0) continue;
    yield {
      kind: 'usage',
      key: `antigravity:${protobufText(used, 11) ?? `${session}:${place}`}`,
      time: made,
      model: protobufText(request, modelName) ?? protobufText(request, modelLabel) ?? 'unknown',
      tokens,
      rank: totalTokens(tokens),
      session,
      project,
    };
  }
}

/** When a conversation began, and in which folder. */
function conversation(database: ReadOnlyDatabase): {
  readonly began: number | undefined;
  readonly project: string | undefined;
} {
  const known = database.columns('trajectory_metadata_blob').includes('data');
  const data = known ? first(database, 'SELECT data FROM trajectory_metadata_blob LIMIT 1')?.data : undefined;
  const fields = protobufFields(data instanceof Uint8Array ? data : new Uint8Array());
  const folder = protobufText(protobufAt(fields, 1), 1);
  return { began: timeAt(protobufAt(fields, 2)), project: folder?.replace(/^file:\/\/(?:\/(?=[A-Za-z]:))?/, '') };
}

/** A time stamp: seconds and nanoseconds. */
function timeAt(fields: ProtobufFields): number | undefined {
  const seconds = protobufNumber(fields, 1);
  return seconds > 0 && seconds < 1e11 ? time(seconds + protobufNumber(fields, 2) / 1e9) : undefined;
}

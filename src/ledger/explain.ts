import type { AnyReader, Machine } from '../readers/reader.ts';
import type { ToolId } from '../usage/tool-id.ts';
import { totalTokens } from '../usage/usage-event.ts';
import type { FindingSink, LogJob } from './batch.ts';
import { reading } from './damage.ts';
import { type FoundLog, findLogs } from './find-logs.ts';
import { keyHash } from './key-hash.ts';
import type { Ledger } from './ledger.ts';
import { companionFiles } from './log-file.ts';
import { readLog } from './read-log.ts';

/** What one log said of a span. */
export interface FileShare {
  readonly path: string;
  /** Records of requests in the span, repeated ones included. */
  readonly records: number;
  /** Different requests among them. */
  readonly requests: number;
}

/** How a tool's figure for a span of time came about. */
export interface ToolExplanation {
  readonly tool: ToolId;
  readonly title: string;
  /** What the ledger counts. */
  readonly requests: number;
  readonly tokens: number;
  /** Records in the logs that tell of those requests. */
  readonly records: number;
  /** Records that repeat a request, and the tokens that they would add if each counted. */
  readonly duplicateRecords: number;
  readonly duplicateTokens: number;
  /** Requests that stand in more than one log: resumed, forked and copied sessions. */
  readonly inSeveralFiles: number;
  /** Requests whose logs are gone: only the ledger still knows them. */
  readonly onlyInLedger: number;
  readonly onlyInLedgerTokens: number;
  readonly files: readonly FileShare[];
}

/** Reads the logs again that may tell of a span of time, epoch milliseconds, and compares them with the ledger. */
export function explain(
  ledger: Ledger,
  machine: Machine,
  readers: readonly AnyReader[],
  from: number,
  to: number,
): readonly ToolExplanation[] {
  const logs = findLogs(machine, readers, () => {}).filter(({ mtimeMs }) => mtimeMs >= from);
  const stored = reading(ledger, () => storedKeys(ledger, from, to));
  return readers.map((reader) =>
    explainTool(
      reader,
      logs.filter(({ tool }) => tool === reader.id),
      stored.get(reader.id) ?? new Map<number, number>(),
    ),
  );
}

function explainTool(
  reader: AnyReader,
  logs: readonly FoundLog[],
  stored: ReadonlyMap<number, number>,
): ToolExplanation {
  const { id: tool, title } = reader;
  const filesOf = new Map<number, number>();
  const files: FileShare[] = [];
  let records = 0;
  let recordTokens = 0;
  for (const log of logs) {
    const own = new Set<number>();
    let ownRecords = 0;
    for (const { key, tokens } of recordsIn(log, reader)) {
      if (!stored.has(key)) continue;
      own.add(key);
      ownRecords++;
      recordTokens += tokens;
    }
    for (const key of own) filesOf.set(key, (filesOf.get(key) ?? 0) + 1);
    if (ownRecords > 0) files.push({ path: log.path, records: ownRecords, requests: own.size });
    records += ownRecords;
  }
  let tokens = 0;
  let onlyInLedger = 0;
  let onlyInLedgerTokens = 0;
  for (const [key, total] of stored) {
    tokens += total;
    if (filesOf.has(key)) continue;
    onlyInLedger++;
    onlyInLedgerTokens += total;
  }
  return {
    tool,
    title,
    requests: stored.size,
    tokens,
    records,
    duplicateRecords: records - filesOf.size,
    duplicateTokens: Math.max(0, recordTokens - (tokens - onlyInLedgerTokens)),
    inSeveralFiles: [...filesOf.values()].filter((count) => count > 1).length,
    onlyInLedger,
    onlyInLedgerTokens,
    files: files.sort((a, b) => b.records - a.records),
  };
}

/** Every record in a log, as often as it stands there: its key's hash, and its tokens. */
function recordsIn(log: FoundLog, reader: AnyReader): readonly { readonly key: number; readonly tokens: number }[] {
  const records: { key: number; tokens: number }[] = [];
  const every: FindingSink = {
    add: (event, ...log) => every.addHashed(event, keyHash(event.key), ...log),
    addHashed({ tokens }, key) {
      records.push({ key, tokens: totalTokens(tokens) });
      return true;
    },
    addLimit() {},
  };
  const job: LogJob = { ...log, log: 0, state: undefined };
  readLog(job, reader, companionFiles(), every);
  return records;
}

/** Keys and tokens of the ledger's requests in a span, by tool. */
function storedKeys({ database }: Ledger, from: number, to: number): Map<ToolId, Map<number, number>> {
  const rows = database
    .prepare(
      `SELECT key, tool, input + output + cache_read + cache_write_5m + cache_write_1h AS tokens
       FROM event JOIN series ON series.id = event.series
       WHERE time >= ? AND time < ? AND aside = 0`,
    )
    .all(from, to);
  const stored = new Map<ToolId, Map<number, number>>();
  for (const row of rows) {
    const tool = row.tool as ToolId;
    const keys = stored.get(tool) ?? new Map<number, number>();
    if (Number(row.tokens) > 0) keys.set(Number(row.key), Number(row.tokens));
    stored.set(tool, keys);
  }
  return stored;
}

import type { LogKind } from '../readers/reader.ts';
import type { LimitReading } from '../usage/limit-reading.ts';
import type { ToolId } from '../usage/tool-id.ts';
import type { UsageEvent } from '../usage/usage-event.ts';
import { batchNames } from './batch-names.ts';
import { keyHash } from './key-hash.ts';
import { keyPlaces } from './key-places.ts';
import { mergeInto } from './merge.ts';
import {
  addRow,
  CACHE_READ,
  CACHE_WRITE_1H,
  CACHE_WRITE_5M,
  COPY,
  INPUT,
  KEY,
  LOG,
  newRecords,
  ORIGIN,
  OUTPUT,
  OWNER_TIME,
  RANK,
  REASONING,
  RECORD_TIME,
  REPORTED,
  type Records,
  SEARCHES,
  SERIES,
  TIME,
  VERSION,
  WIDTH,
} from './records.ts';
import { isSane } from './sane-event.ts';

/** What decides the price of a request, besides its date and size. */
export interface Series {
  readonly tool: ToolId;
  readonly provider: string;
  readonly model: string;
  readonly tier: string;
  readonly estimated: boolean;
}

/** Where a request came from: for this machine's eyes only. */
export interface Origin {
  readonly tool: ToolId;
  readonly session: string;
  readonly project: string;
  readonly branch: string;
  readonly subagent: boolean;
  /** Which subagent; empty where unknown or none. */
  readonly agent: string;
}

/** How far a log has been read, and what tells that it is still the same log. */
export interface LogState {
  readonly size: number;
  readonly mtimeMs: number;
  readonly inode: number;
  /** Bytes read for good: the next reading begins here. */
  readonly offset: number;
  /** Fingerprints of the log's first bytes and of those before the offset. */
  readonly head: number;
  readonly tail: number;
  /** The reader's carry, as JSON. */
  readonly carry: string;
  /** Version of the reader. */
  readonly version: number;
}

/** A log to read, from where its last reading ended. */
export interface LogJob {
  readonly log: number;
  readonly tool: ToolId;
  readonly kind: LogKind;
  readonly path: string;
  readonly relativePath: string;
  readonly dir: string;
  readonly state: LogState | undefined;
}

/** What a reading of a log came to. Without a state the log is to be read again next time. */
export interface LogOutcome {
  readonly log: number;
  readonly state: LogState | undefined;
  /** The reading began at the log's start, not where the last one ended. */
  readonly fromStart: boolean;
  readonly bytesRead: number;
  /** Why records were passed over, and how often. */
  readonly skipped: Readonly<Record<string, number>>;
  readonly problem: string | undefined;
}

/** The outcome of reading some logs, fit to be handed between threads. */
export interface Batch {
  readonly records: Records;
  readonly series: readonly Series[];
  readonly origins: readonly Origin[];
  readonly limits: readonly (LimitReading & { readonly tool: ToolId })[];
  readonly outcomes: readonly LogOutcome[];
}

/** What threads that read logs together are asked. */
export interface ReadRequest {
  readonly groups: readonly (readonly LogJob[])[];
  /** What the threads share to take the groups in turn. */
  readonly turns: Int32Array<SharedArrayBuffer>;
  /** The compiled kernel, so that it is compiled once for all. */
  readonly kernel: object | undefined;
}

/** A request, whether its key is known as text or as its hash. */
export type KeyedEvent = Omit<UsageEvent, 'key'>;

/** Takes what is found in logs. */
export interface FindingSink {
  /** False where the event cannot be true: no date, an absurd count. */
  add(event: UsageEvent, tool: ToolId, log: number, version: number): boolean;
  /** The same with the key's hash. */
  addHashed(event: KeyedEvent, hash: number, tool: ToolId, log: number, version: number): boolean;
  addLimit(reading: LimitReading, tool: ToolId): void;
}

/** Collects findings; records of one request become one row. */
export interface BatchBuilder extends FindingSink {
  /** Gives all that was collected. */
  finish(outcomes: readonly LogOutcome[]): Batch;
  /** Begins anew, in the same memory. */
  clear(): void;
}

export function batchBuilder(): BatchBuilder {
  const records = newRecords();
  const rows = keyPlaces();
  const single = new Float64Array(WIDTH);
  let names = batchNames();
  let limits: (LimitReading & { tool: ToolId })[] = [];
  let lastKey: string | undefined;
  let lastHash = 0;

  /** A request mostly stands on several lines, one after the other, whose key is hashed once. */
  function hashOf(key: string): number {
    if (key !== lastKey) {
      lastHash = keyHash(key);
      lastKey = key;
    }
    return lastHash;
  }

  function addHashed(event: KeyedEvent, hash: number, tool: ToolId, log: number, version: number): boolean {
    if (!isSane(event)) return false;
    const known = rows.claim(hash, records.rows * WIDTH);
    if (known === undefined) {
      const place = addRow(records);
      fill(records.data, place, event, hash, tool, log, version);
    } else {
      fill(single, 0, event, hash, tool, log, version);
      mergeInto(records.data, known, single, 0, names);
    }
    return true;
  }

  function fill(
    data: Float64Array,
    place: number,
    event: KeyedEvent,
    hash: number,
    tool: ToolId,
    log: number,
    version: number,
  ): void {
    const { tokens } = event;
    const time = Math.round(event.time);
    data[place + KEY] = hash;
    data[place + TIME] = time;
    data[place + RANK] = event.rank ?? 0;
    data[place + RECORD_TIME] = time;
    data[place + SERIES] = names.seriesId(event, tool);
    data[place + INPUT] = tokens.input;
    data[place + OUTPUT] = tokens.output;
    data[place + CACHE_READ] = tokens.cacheRead;
    data[place + CACHE_WRITE_5M] = tokens.cacheWrite5m;
    data[place + CACHE_WRITE_1H] = tokens.cacheWrite1h;
    data[place + REASONING] = Math.min(tokens.reasoning, tokens.output);
    data[place + SEARCHES] = event.webSearches ?? 0;
    data[place + REPORTED] = Math.round((event.reportedUSD ?? 0) * 1e9);
    data[place + ORIGIN] = names.originId(event, tool);
    data[place + COPY] = event.copy === true ? 1 : 0;
    data[place + OWNER_TIME] = time;
    data[place + LOG] = log;
    data[place + VERSION] = version;
  }

  return {
    add: (event, tool, log, version) => addHashed(event, hashOf(event.key), tool, log, version),
    addHashed,
    addLimit(reading, tool) {
      limits.push({ ...reading, tool });
    },
    finish(outcomes) {
      const data = records.data.slice(0, records.rows * WIDTH);
      const { allSeries: series, allOrigins: origins } = names;
      return { records: { data, rows: records.rows }, series, origins, limits, outcomes };
    },
    clear() {
      records.rows = 0;
      rows.clear();
      names = batchNames();
      limits = [];
    },
  };
}

import type { LogKind } from '../readers/reader.ts';
import type { LimitReading } from '../usage/limit-reading.ts';
import type { ToolId } from '../usage/tool-id.ts';
import type { UsageEvent } from '../usage/usage-event.ts';
import { keyHash } from './key-hash.ts';
import { keyPlaces } from './key-places.ts';
import { mergeInto, type NameOrder } from './merge.ts';
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

/** The largest count that one request can have; a greater one is a broken log's. */
const mostTokens = 1e9;
/** Longer names are a broken log's as well, and are cut. */
const longestName = 200;
const longestPath = 4096;
/** No date is further from the epoch, in milliseconds. */
const latestDate = 8.64e15;
const mostSearches = 1e6;
const mostUSD = 1e6;

/** Takes what is found in logs. */
export interface FindingSink {
  /** False where the event cannot be true: no date, an absurd count. */
  add(event: UsageEvent, tool: ToolId, log: number, version: number): boolean;
  addLimit(reading: LimitReading, tool: ToolId): void;
}

/** Collects findings; records of one request become one row. */
export interface BatchBuilder extends FindingSink {
  finish(outcomes: readonly LogOutcome[]): Batch;
}

export function batchBuilder(): BatchBuilder {
  const records = newRecords();
  const rows = keyPlaces();
  const series: Series[] = [];
  const origins: Origin[] = [];
  const seriesTexts: string[] = [];
  const originTexts: string[] = [];
  const seriesIds = new Map<string, number>();
  const originIds = new Map<string, number>();
  const limits: (LimitReading & { tool: ToolId })[] = [];
  const single = new Float64Array(WIDTH);
  const order: NameOrder = {
    series: (a, b) => compareTexts(seriesTexts[a], seriesTexts[b]),
    origin: (a, b) => compareTexts(originTexts[a], originTexts[b]),
  };

  let lastSeries: UsageEvent | undefined;
  let lastSeriesId = 0;
  let lastOrigin: UsageEvent | undefined;
  let lastOriginId = 0;
  let lastKey: string | undefined;
  let lastHash = 0;

  /** Requests that follow each other mostly have the same names, so those of the last one are compared first. */
  function seriesId(event: UsageEvent, tool: ToolId): number {
    if (lastSeries === undefined || !sameSeries(lastSeries, event) || series[lastSeriesId]?.tool !== tool) {
      lastSeriesId = findSeries(event, tool);
      lastSeries = event;
    }
    return lastSeriesId;
  }

  function originId(event: UsageEvent, tool: ToolId): number {
    if (lastOrigin === undefined || !sameOrigin(lastOrigin, event) || origins[lastOriginId]?.tool !== tool) {
      lastOriginId = findOrigin(event, tool);
      lastOrigin = event;
    }
    return lastOriginId;
  }

  /** A request mostly stands on several lines, one after the other, whose key is hashed once. */
  function hashOf(key: string): number {
    if (key !== lastKey) {
      lastHash = keyHash(key);
      lastKey = key;
    }
    return lastHash;
  }

  function findSeries(event: UsageEvent, tool: ToolId): number {
    const { estimated = false } = event;
    const [provider, model, tier] = [event.provider, event.model, event.tier].map(nameOf) as [string, string, string];
    const text = `${tool}\0${provider}\0${model}\0${tier}\0${estimated}`;
    let id = seriesIds.get(text);
    if (id === undefined) {
      id = series.push({ tool, provider, model, tier, estimated }) - 1;
      seriesTexts.push(text);
      seriesIds.set(text, id);
    }
    return id;
  }

  function findOrigin(event: UsageEvent, tool: ToolId): number {
    const { subagent = false } = event;
    const [session, branch, agent] = [event.session, event.branch, event.agent].map(nameOf) as [string, string, string];
    const project = (event.project ?? '').slice(0, longestPath);
    const text = `${tool}\0${session}\0${project}\0${branch}\0${subagent}\0${agent}`;
    let id = originIds.get(text);
    if (id === undefined) {
      id = origins.push({ tool, session, project, branch, subagent, agent }) - 1;
      originTexts.push(text);
      originIds.set(text, id);
    }
    return id;
  }

  return {
    add(event, tool, log, version) {
      const { tokens } = event;
      if (!(Math.abs(event.time) <= latestDate) || !sane(event)) return false;
      const time = Math.round(event.time);
      single[KEY] = hashOf(event.key);
      single[TIME] = time;
      single[RANK] = event.rank ?? 0;
      single[RECORD_TIME] = time;
      single[SERIES] = seriesId(event, tool);
      single[INPUT] = tokens.input;
      single[OUTPUT] = tokens.output;
      single[CACHE_READ] = tokens.cacheRead;
      single[CACHE_WRITE_5M] = tokens.cacheWrite5m;
      single[CACHE_WRITE_1H] = tokens.cacheWrite1h;
      single[REASONING] = Math.min(tokens.reasoning, tokens.output);
      single[SEARCHES] = event.webSearches ?? 0;
      single[REPORTED] = Math.round((event.reportedUSD ?? 0) * 1e9);
      single[ORIGIN] = originId(event, tool);
      single[COPY] = event.copy === true ? 1 : 0;
      single[OWNER_TIME] = time;
      single[LOG] = log;
      single[VERSION] = version;
      const known = rows.at(single[KEY]);
      if (known !== undefined) {
        mergeInto(records.data, known, single, 0, order);
      } else {
        const place = addRow(records);
        records.data.set(single, place);
        rows.add(single[KEY], place);
      }
      return true;
    },
    addLimit(reading, tool) {
      limits.push({ ...reading, tool });
    },
    finish(outcomes) {
      const data = records.data.slice(0, records.rows * WIDTH);
      return { records: { data, rows: records.rows }, series, origins, limits, outcomes };
    },
  };
}

function nameOf(name = ''): string {
  return name.length > longestName ? name.slice(0, longestName) : name;
}

function sameSeries(a: UsageEvent, b: UsageEvent): boolean {
  return a.model === b.model && a.provider === b.provider && a.tier === b.tier && a.estimated === b.estimated;
}

function sameOrigin(a: UsageEvent, b: UsageEvent): boolean {
  return (
    a.session === b.session &&
    a.project === b.project &&
    a.branch === b.branch &&
    a.subagent === b.subagent &&
    a.agent === b.agent
  );
}

function sane({ tokens, webSearches = 0, reportedUSD = 0, rank = 0 }: UsageEvent): boolean {
  return (
    isCount(tokens.input, mostTokens) &&
    isCount(tokens.output, mostTokens) &&
    isCount(tokens.cacheRead, mostTokens) &&
    isCount(tokens.cacheWrite5m, mostTokens) &&
    isCount(tokens.cacheWrite1h, mostTokens) &&
    isCount(tokens.reasoning, mostTokens) &&
    isCount(webSearches, mostSearches) &&
    reportedUSD >= 0 &&
    reportedUSD <= mostUSD &&
    Number.isSafeInteger(rank)
  );
}

function isCount(value: number, most: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= most;
}

export function compareTexts(a = '', b = ''): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

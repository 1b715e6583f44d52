/**
 * Requests as rows of numbers in one typed array: it grows without garbage and is handed between threads without a copy.
 * Names stand in lists beside it, and a row holds their index.
 */
export interface Records {
  data: Float64Array;
  rows: number;
}

/** Hash of the request's key. */
export const KEY = 0;
/** Earliest time that a record tells, epoch milliseconds. */
export const TIME = 1;
export const RANK = 2;
/** Time of the record whose counts these are. */
export const RECORD_TIME = 3;
/** Tool, provider, model, tier. */
export const SERIES = 4;
export const INPUT = 5;
export const OUTPUT = 6;
export const CACHE_READ = 7;
export const CACHE_WRITE_5M = 8;
export const CACHE_WRITE_1H = 9;
export const REASONING = 10;
export const SEARCHES = 11;
/** What the tool says it cost, nano-USD; 0 where it does not say. */
export const REPORTED = 12;
/** Session, project, branch, subagent. */
export const ORIGIN = 13;
/** 1 where only copies of the request are known. */
export const COPY = 14;
/** Time of the record that gave the origin. */
export const OWNER_TIME = 15;
/** The log whose record gave the counts. */
export const LOG = 16;
/** Version of the reader. */
export const VERSION = 17;
/** Numbers in a row. */
export const WIDTH = 18;

export function newRecords(capacity = 1024): Records {
  return { data: new Float64Array(capacity * WIDTH), rows: 0 };
}

/** Adds an empty row and gives the place of its first number. */
export function addRow(records: Records): number {
  const place = records.rows * WIDTH;
  if (place + WIDTH > records.data.length) {
    const grown = new Float64Array(records.data.length * 2);
    grown.set(records.data);
    records.data = grown;
  }
  records.rows++;
  return place;
}

/** All tokens of a row. */
export function rowTotal(data: Float64Array, place: number): number {
  let total = 0;
  for (let column = INPUT; column <= CACHE_WRITE_1H; column++) total += data[place + column] as number;
  return total;
}

import { count, type Json, text, time } from './json.ts';
import type { Row } from './reader.ts';

/** A value of a row as JSON knows it; undefined where it is binary, null or not there. */
export function cell(row: Row, name: string): Json | undefined {
  const value = row[name];
  return value === null || value instanceof Uint8Array ? undefined : value;
}

/** A non-empty text of a row, numbers as texts; else undefined. */
export function textIn(row: Row, name: string): string | undefined {
  const value = cell(row, name);
  return typeof value === 'number' ? String(value) : text(value);
}

/** A token count of a row; 0 where it is none. */
export function countIn(row: Row, name: string): number {
  return count(cell(row, name));
}

/** Epoch milliseconds of a time in a row: as `time`, and `2026-09-24 04:30:05`, as SQLite writes UTC. */
export function timeIn(row: Row, name: string): number | undefined {
  const value = cell(row, name);
  return time(typeof value === 'string' ? asUtc(value) : value);
}

/** A written date, as UTC where it names no zone. */
export function asUtc(written: string): string {
  const parts = /^\s*(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)\s*$/.exec(written);
  return parts === null ? written : `${parts[1]}T${parts[2]}Z`;
}

/** Those of some columns that a table has, for a query; the others as null. */
export function selected(columns: readonly string[], wanted: readonly string[]): string {
  return wanted.map((name) => (columns.includes(name) ? name : `NULL AS ${name}`)).join(', ');
}

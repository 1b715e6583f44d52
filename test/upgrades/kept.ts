import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Snapshot } from '../../src/team/protocol/board.ts';
import type { Usage } from '../../src/team/protocol/me.ts';

/** Databases as each released version left them. */
const folder = fileURLToPath(new URL('kept', import.meta.url));

/** What the command reported of a ledger, by day, tool, model and project; prices are a version's own and no part of it. */
export type KeptRows = readonly Readonly<Record<string, string | number>>[];

/** A board, what it answered to one of its members, and by which token. */
export interface KeptBoard {
  /** When it answered, epoch milliseconds. */
  readonly now: number;
  readonly accessToken: string;
  readonly snapshot: Snapshot;
  readonly usage: Usage;
}

/** A database of PostgreSQL as statements and rows, since it is no file. */
export interface KeptTables {
  readonly statements: readonly string[];
  readonly tables: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;
}

/** The versions of which databases were kept. */
export function keptVersions(): readonly string[] {
  return readdirSync(folder).toSorted();
}

export function keptJson<Shape>(version: string, name: string): Shape {
  return JSON.parse(keptBytes(version, `${name}.json`).toString('utf8')) as Shape;
}

export function keptBytes(version: string, name: string): Buffer {
  return gunzipSync(readFileSync(join(folder, version, `${name}.gz`)));
}

export function keep(version: string, name: string, bytes: Uint8Array | string): void {
  mkdirSync(join(folder, version), { recursive: true });
  writeFileSync(join(folder, version, `${name}.gz`), gzipSync(bytes, { level: 9 }));
}

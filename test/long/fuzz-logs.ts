import { readFileSync } from 'node:fs';
import { type FoundLog, findLogs } from '../../src/ledger/find-logs.ts';
import type { AnyReader, LogKind } from '../../src/readers/reader.ts';
import { casesOf } from '../readers/fixture-cases.ts';
import { fixtureHome } from '../readers/fixture-home.ts';

/** A log of a fixture, from which broken ones are made. */
export interface SoundLog {
  readonly found: FoundLog;
  readonly bytes: Buffer;
  /** Not empty ones; only of a log of lines. */
  readonly lines: readonly string[];
}

/** The logs of one kind in all of a reader's fixtures. */
export function soundLogs(reader: AnyReader, kind: LogKind): readonly SoundLog[] {
  return casesOf(reader.id)
    .flatMap((name) => {
      const machine = { home: fixtureHome(reader.id, name), platform: 'linux', env: {} } as const;
      return findLogs(machine, [reader], () => {}).filter((found) => found.kind === kind);
    })
    .map((found) => {
      const bytes = readFileSync(found.path);
      const lines =
        kind === 'lines'
          ? bytes
              .toString()
              .split('\n')
              .filter((line) => line.trim() !== '')
          : [];
      return { found, bytes, lines };
    })
    .filter(({ bytes, lines }) => (kind === 'lines' ? lines.length > 0 : bytes.length > 0));
}

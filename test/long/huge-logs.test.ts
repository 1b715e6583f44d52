import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readers } from '../../src/readers/index.ts';
import type { Shape } from '../../src/readers/pick.ts';
import type { LogKind } from '../../src/readers/reader.ts';
import { factor } from './factor.ts';
import { type SoundLog, soundLogs } from './fuzz-logs.ts';
import { gap, type Padding, writePadded } from './padded-file.ts';
import type { ReadingReport } from './reading-process.ts';

/** A line so long that it cannot be true. */
const hugeMB = factor >= 10 ? 300 : 80;
/** The longest that is still read. */
const longMB = 60;
/** More than a document can have. */
const documentMB = 270;
/** Whatever a tool's line, this is looked at. */
const needle = '"input_tokens":1,"output_tokens":2';

describe('huge logs', function () {
  this.timeout(120_000);
  const folder = mkdtempSync(join(tmpdir(), 'tokenboard-huge-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const reader of readers) {
    const { lines, document } = reader;
    if (lines !== undefined) {
      describe(`of ${reader.title}, of lines`, () => {
        const log = (): SoundLog => soundLog(soundLogs(reader, 'lines'));

        it(`with a line of ${hugeMB} MB lose nothing else`, () => {
          const { problem, requests, grownMB } = readBehind(log(), `{${needle},"padding":${gap}}`, 'text', hugeMB);
          assert.equal(problem, undefined);
          assert.ok(requests > 0, 'the lines behind it count');
          assertGrown(grownMB, 100);
        });

        it(`with ${hugeMB} MB and no end of line take little memory`, () => {
          const { problem, grownMB } = readAlone(log(), `{${needle},"padding":${gap}}`, 'text', hugeMB);
          assert.equal(problem, undefined);
          assertGrown(grownMB, 100);
        });

        it(`with a line of ${longMB} MB take little more memory than that`, () => {
          const { problem, requests, grownMB } = readBehind(log(), `{${needle},"padding":${gap}}`, 'text', longMB);
          assert.equal(problem, undefined);
          assert.ok(requests > 0, 'the lines behind it count');
          assertGrown(grownMB, 150);
        });

        for (const padding of ['text', 'arrays'] as const) {
          it(`with ${longMB} MB of ${padding} in a field that is wanted lose nothing else`, () => {
            const line = `{${needle},${withGapAt(deepestField(lines.shape)).slice(1)}`;
            const { problem, requests, grownMB } = readBehind(log(), line, padding, longMB);
            assert.equal(problem, undefined);
            assert.ok(requests > 0, 'the lines behind it count');
            assertGrown(grownMB, 250);
          });
        }
      });
    }
    if (document !== undefined) {
      describe(`of ${reader.title}, of documents`, () => {
        const log = (): SoundLog => soundLog(soundLogs(reader, 'document'));

        it(`with ${documentMB} MB are not read`, () => {
          const { problem, grownMB } = readAlone(log(), `{"padding":${gap}}`, 'text', documentMB);
          assert.match(problem ?? '', /larger than/);
          assertGrown(grownMB, 50);
        });

        it(`with ${longMB} MB of arrays in a field that is wanted take memory within bounds`, () => {
          const { grownMB } = readAlone(log(), withGapAt(deepestField(document.shape)), 'arrays', longMB);
          assertGrown(grownMB, 250);
        });
      });
    }
  }

  /** Reads a log in whose first line the gap is filled. */
  function readBehind(log: SoundLog, line: string, padding: Padding, megabytes: number): ReadingReport {
    const path = join(folder, log.found.relativePath);
    writePadded(path, line, padding, megabytes, `\n${log.lines.join('\n')}\n`);
    return reading(log, path, 'lines');
  }

  /** Reads a log that is nothing but one text in which the gap is filled. */
  function readAlone(log: SoundLog, text: string, padding: Padding, megabytes: number): ReadingReport {
    const path = join(folder, log.found.relativePath);
    writePadded(path, text, padding, megabytes);
    return reading(log, path, log.found.kind);
  }

  function reading({ found }: SoundLog, path: string, kind: LogKind): ReadingReport {
    const job = { ...found, kind, path, dir: folder, log: 1 };
    const script = join(import.meta.dirname, 'reading-process.ts');
    const args = ['--disable-warning=ExperimentalWarning', script, JSON.stringify(job)];
    const report = execFileSync(process.execPath, args, { encoding: 'utf8' });
    rmSync(path);
    return JSON.parse(report) as ReadingReport;
  }
});

function assertGrown(grownMB: number, most: number): void {
  assert.ok(grownMB < most, `the process grew by ${grownMB.toFixed(0)} MB`);
}

function soundLog(logs: readonly SoundLog[]): SoundLog {
  const log = logs.find(({ lines, found }) => found.kind !== 'lines' || lines.length > 1);
  assert.ok(log !== undefined, 'no fixture has such a log');
  return log;
}

/** The names on the way to the field that lies deepest. */
function deepestField(shape: Shape): readonly string[] {
  const paths = Object.entries(shape).map(([name, inside]) =>
    inside === true ? [name] : [name, ...deepestField(inside)],
  );
  return paths.reduce((a, b) => (b.length > a.length ? b : a), []);
}

function withGapAt(path: readonly string[]): string {
  return path.reduceRight((inside, name) => `{${JSON.stringify(name)}:${inside}}`, gap);
}

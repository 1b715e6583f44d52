import assert from 'node:assert/strict';
import { closeSync, existsSync, ftruncateSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import manifest from '../../package.json' with { type: 'json' };
import type { FoundLog } from '../../src/ledger/find-logs.ts';
import { readers } from '../../src/readers/index.ts';
import type { AnyReader } from '../../src/readers/reader.ts';
import { type ModelTally, quarterMs, type Tally } from '../../src/usage/tally.ts';
import { toolIds } from '../../src/usage/tool-id.ts';
import { seeded } from '../demo/random.ts';
import { type CountedHome, clock, countedHome } from './counted-home.ts';
import { cutLengths, growthOf, ordersOf } from './cuts.ts';
import { casesOf, expectedOf, fixtureTexts, fixtureTools } from './fixture-cases.ts';
import { fixtureHome } from './fixture-home.ts';
import { lastingIds } from './lasting-ids.ts';
import { logReadings } from './log-readings.ts';
import { privateTextIn } from './private-text.ts';

const opened: CountedHome[] = [];

/** A home with an empty ledger, which closes after the test. */
function open(home: string): CountedHome {
  const usage = countedHome(home);
  opened.push(usage);
  return usage;
}

async function counted(tool: string, name: string): Promise<CountedHome> {
  const usage = open(fixtureHome(tool, name));
  await usage.scan();
  return usage;
}

/** All that is counted, for whom, and when; projects in the home are the same ones in a copy of it. */
function allOf(usage: CountedHome): unknown {
  const all = [usage.totals(), usage.bySession(), byQuarter(usage.modelTallies())];
  return JSON.parse(JSON.stringify(all).replaceAll(usage.home, '~'));
}

function newer(versions: number): readonly AnyReader[] {
  return readers.map((reader) => ({ ...reader, version: reader.version + versions }));
}

function filesOf({ path, kind }: FoundLog): readonly string[] {
  return (kind === 'database' ? [path, `${path}-wal`] : [path]).filter((file) => existsSync(file));
}

function assertSane(tally: Tally, tool: string): void {
  const { quarter, tool: told, model, session, project, branch, subagent, ...counts } = tally;
  assert.equal(told, tool);
  assert.ok(model.trim() !== '' && session.trim() !== '', 'a name is empty');
  const date = quarter * quarterMs;
  assert.ok(date >= Date.UTC(2023, 0) && date < clock, `${new Date(date).toISOString()} is no date of a request`);
  for (const [column, value] of Object.entries(counts))
    assert.ok(Number.isSafeInteger(value) && value >= 0, `${column} is ${value}`);
  assert.ok(counts.events > 0);
  assert.ok(counts.reasoning <= counts.output, 'reasoning is a part of the output');
}

/** All sums by quarter, tool and model. */
function byQuarter(tallies: readonly ModelTally[]): Record<string, Record<string, number>> {
  const found: Record<string, Record<string, number>> = {};
  for (const tally of tallies) {
    const name = `${tally.quarter} ${tally.tool} ${tally.model}`;
    found[name] ??= {};
    const sums = found[name];
    for (const [column, value] of Object.entries(tally))
      if (typeof value === 'number') sums[column] = (column === 'quarter' ? 0 : (sums[column] ?? 0)) + value;
  }
  return found;
}

function assertSurvivesCuts(reader: AnyReader, log: FoundLog, path: string): void {
  const bytes = readFileSync(path);
  const reference = logReadings(reader, log);
  reference.read();
  const whole = reference.found();
  const walless = log.kind === 'database' && filesOf(log).length === 1;
  const file = openSync(path, 'r+');
  for (const length of cutLengths(bytes)) {
    const where = `${log.relativePath}, the first ${length} of ${bytes.length} bytes`;
    const readings = logReadings(reader, log);
    ftruncateSync(file, length);
    const { problem } = readings.read();
    if (log.kind === 'lines') assert.equal(problem, undefined, where);
    if (walless && length > 0 && length < 512) assert.ok(problem !== undefined, where);
    if (log.kind === 'document') assert.equal(problem === undefined, isJson(bytes.subarray(0, length)), where);
    assert.ok(readings.found().tokens <= whole.tokens, `more than the whole: ${where}`);
    writeSync(file, bytes, length, bytes.length - length, length);
    readings.read();
    // No tool leaves half a database behind, so what was found in one need not be known for its session.
    if (log.kind === 'database' && path === log.path) assert.equal(readings.found().tokens, whole.tokens, where);
    else assert.deepEqual(readings.found(), whole, where);
  }
  closeSync(file);
}

function isJson(bytes: Buffer): boolean {
  try {
    JSON.parse(bytes.toString('utf8').replace(/^\ufeff/, ''));
    return true;
  } catch {
    return false;
  }
}

afterEach(() => {
  for (const usage of opened.splice(0)) usage.close();
});

describe('The readers', () => {
  it('have fixtures, and every fixture has a reader', () => {
    assert.deepEqual(fixtureTools, readers.map(({ id }) => id).sort());
    for (const tool of fixtureTools) assert.notDeepEqual(casesOf(tool), [], `${tool} has no fixture`);
  });

  it('have the ids that ledgers and backends know', () => {
    assert.deepEqual(toolIds, lastingIds, 'an id never changes; a new one comes last, in both lists');
    for (const { id } of readers) assert.ok((toolIds as readonly string[]).includes(id), id);
  });

  it('have fixtures that are nobody’s', () => {
    for (const sample of ['grace@navy.mil', '/home/grace/x', 'C:\\Users\\Grace', '/Users/grace'])
      assert.notDeepEqual(privateTextIn(`{"cwd":"${sample}"}`), [], sample);
    for (const sample of ['ada@example.com', '/home/ada/loom', 'C:\\Users\\Ada', 'user@host', 'a@b.test'])
      assert.deepEqual(privateTextIn(`{"cwd":"${sample}"}`), [], sample);
    for (const [path, text] of fixtureTexts()) assert.deepEqual(privateTextIn(text), [], path);
  });

  it('say what they rest on, and are switched on in the editor unless nobody has verified them', () => {
    const { properties, default: defaults } = manifest.contributes.configuration.properties['tokenboard.tools'];
    const on = (id: string) => [
      (properties as Record<string, { readonly default: boolean }>)[id]?.default,
      (defaults as Record<string, boolean>)[id],
    ];
    for (const { id, evidence, note } of readers) {
      assert.match(note, /^[A-Z].*\.$/s, `${id}: a sentence for people`);
      assert.deepEqual(on(id), [evidence !== 'unverified', evidence !== 'unverified'], id);
    }
  });
});

for (const reader of readers)
  describe(`${reader.title}, as every reader`, () => {
    for (const name of casesOf(reader.id)) {
      it(`counts ${name} right`, async () => {
        const usage = await counted(reader.id, name);
        assert.deepEqual(usage.totals(), expectedOf(reader.id, name));
        for (const tally of usage.tallies()) assertSane(tally, reader.id);
        assert.deepEqual(byQuarter(usage.tallies()), byQuarter(usage.modelTallies()));
      });

      it(`keeps what ${name} counts when it is read again, by a newer reader, and when its logs go`, async () => {
        const usage = await counted(reader.id, name);
        const [before, logs] = [allOf(usage), usage.logs()];
        assert.equal((await usage.scan()).filesRead, 0);
        usage.ledger.database.exec('UPDATE log SET version = 0');
        const again = await usage.scan();
        assert.deepEqual([again.filesRead, again.events], [logs.length, 0]);
        assert.deepEqual(allOf(usage), before);
        assert.equal((await usage.scan({ readers: newer(1) })).filesRead, logs.length);
        assert.deepEqual(allOf(usage), before, 'a newer reader');
        for (const file of logs.flatMap(filesOf)) rmSync(file);
        for (const versions of [1, 2]) {
          assert.equal((await usage.scan({ readers: newer(versions) })).files, 0);
          assert.deepEqual(allOf(usage), before, 'without logs');
        }
      });

      it(`counts ${name} the same in any order of its files`, async () => {
        const usage = await counted(reader.id, name);
        const paths = usage.logs().map(({ path }) => path);
        for (const order of ordersOf(paths, seeded(7))) {
          const other = open(usage.home);
          for (const path of order) await other.scan({ paths: [path] });
          assert.deepEqual(allOf(other), allOf(usage), order.join('\n'));
        }
      });

      it(`counts ${name} right while its files grow`, async () => {
        const whole = await counted(reader.id, name);
        for (const seed of [1, 2]) {
          const usage = open(fixtureHome(reader.id, name));
          const logs = usage.logs();
          for (const grow of growthOf(logs.flatMap(filesOf), seeded(seed))) {
            grow();
            await usage.scan();
          }
          // No tool leaves half a database behind, so what was found in one need not be known for its session.
          if (logs.some(({ kind }) => kind === 'database')) assert.deepEqual(usage.totals(), whole.totals());
          else assert.deepEqual(allOf(usage), allOf(whole));
        }
      });
    }

    it('survives a cut at any byte, and counts right when the rest has come', function () {
      // Databases are opened hundreds of times, which takes long on a busy disk.
      this.timeout(180_000);
      for (const name of casesOf(reader.id)) {
        const { logs } = open(fixtureHome(reader.id, name));
        for (const log of logs()) for (const file of filesOf(log)) assertSurvivesCuts(reader, log, file);
      }
    });
  });

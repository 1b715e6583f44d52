import assert from 'node:assert/strict';
import fc from 'fast-check';
import { modelTallies, tallies } from '../../src/ledger/tallies.ts';
import { addDays, zoneOf } from '../../src/usage/days.ts';
import { type ModelTally, quarterMs, type Sums, type Tally } from '../../src/usage/tally.ts';
import { requests, type Totals, totals, totalsOf, totalsOfRequests } from './contents.ts';
import { newHome, runs, scanHome } from './home.ts';
import { claudeLine, noon } from './log-lines.ts';
import { bytesOf, randomLogs } from './random-logs.ts';

type Grouping = (tally: Tally) => string;

const groupings: Readonly<Record<string, Grouping>> = {
  quarter: ({ quarter }) => String(quarter),
  tool: ({ tool }) => tool,
  model: ({ model }) => model,
  session: ({ session }) => session,
  project: ({ project }) => project,
  branch: ({ branch }) => branch,
  subagent: ({ subagent }) => String(subagent),
  'tool, model and session': ({ tool, model, session }) => [tool, model, session].join('\0'),
};

function grouped<Row extends Sums>(rows: readonly Row[], nameOf: (row: Row) => string): ReadonlyMap<string, Totals> {
  const groups = Map.groupBy(rows, nameOf);
  return new Map([...groups].map(([name, group]) => [name, totalsOf(group)]));
}

describe('sums', function () {
  this.timeout(60_000 * Number(process.env.TOKENBOARD_TEST_FACTOR || 1));

  it('are the same by session, by model and of the single requests, however they are grouped', async () => {
    const property = fc.asyncProperty(randomLogs, async (world) => {
      const home = newHome();
      for (const log of world.logs) home.write(log.path, bytesOf(log));
      const ledger = home.openInMemory();
      await scanHome(home, ledger);
      const all = totals(ledger);
      assert.deepEqual(totalsOfRequests(ledger), all);
      assert.deepEqual(totalsOf(tallies(ledger)), all);
      for (const [name, grouping] of Object.entries(groupings)) {
        assert.deepEqual(totalsOf(grouped(tallies(ledger), grouping).values()), all, name);
      }
      const byModel = ({ quarter, tool, model }: { quarter: number; tool: string; model: string }) =>
        `${quarter} ${tool} ${model}`;
      assert.deepEqual(
        new Map([...grouped(tallies(ledger), byModel)].sort()),
        new Map([...grouped(modelTallies(ledger), byModel)].sort()),
      );
      home.close();
    });
    await fc.assert(property, runs(60));
  });

  it('of the days of every time zone are those of the requests in them, and come to the same total', async () => {
    const property = fc.asyncProperty(randomLogs, async (world) => {
      const home = newHome();
      for (const log of world.logs) home.write(log.path, bytesOf(log));
      const ledger = home.openInMemory();
      await scanHome(home, ledger);
      const rows = modelTallies(ledger);
      const stored = requests(ledger);
      for (const name of Intl.supportedValuesOf('timeZone')) {
        const zone = zoneOf(name);
        const days = grouped(rows, ({ quarter }) => zone.dayOf(quarter * quarterMs));
        assert.deepEqual(totalsOf(days.values()), totals(ledger), name);
        const counted = Map.groupBy(stored, ({ time }) => zone.dayOf(Number(time)));
        const events = (day: string): number => days.get(day)?.events ?? 0;
        for (const [day, made] of counted) assert.equal(events(day), made.length, `${name} ${day}`);
      }
      home.close();
    });
    await fc.assert(property, runs(12));
  });

  it('of periods are those of their quarters, each told with its first', async () => {
    const property = fc.asyncProperty(randomLogs, fc.nat(), async (world, pick) => {
      const home = newHome();
      for (const log of world.logs) home.write(log.path, bytesOf(log));
      const ledger = home.openInMemory();
      await scanHome(home, ledger);
      const zones = Intl.supportedValuesOf('timeZone');
      const zone = zoneOf(zones[pick % zones.length]);
      const ends: readonly ((time: number) => number)[] = [
        () => Number.POSITIVE_INFINITY,
        (time) => zone.startOfDay(addDays(zone.dayOf(time), 1)),
      ];
      for (const periodEnd of ends) {
        const nameOf = (row: ModelTally & Partial<Tally>): string =>
          [periodEnd(row.quarter * quarterMs), row.tool, row.model, row.session, row.project, row.branch].join('\0');
        for (const ask of [modelTallies, tallies]) {
          const [fine, coarse] = [ask(ledger), ask(ledger, { periodEnd })];
          assert.deepEqual(new Map([...grouped(coarse, nameOf)].sort()), new Map([...grouped(fine, nameOf)].sort()));
          const firstOf = (rows: readonly ModelTally[]) => Math.min(...rows.map(({ quarter }) => quarter));
          const firsts = (rows: readonly ModelTally[]) =>
            [...Map.groupBy(rows, nameOf)].map(([name, group]) => `${name} ${firstOf(group)}`).sort();
          assert.deepEqual(firsts(coarse), firsts(fine));
        }
      }
      home.close();
    });
    await fc.assert(property, runs(25));
  });

  it('are all there where many change at once', async () => {
    const home = newHome();
    const lines = Array.from({ length: 3000 }, (_, i) =>
      claudeLine({ id: `m${i}`, session: `s${i % 1100}`, time: noon + (i % 40) * quarterMs, model: `model-${i % 7}` }),
    );
    home.write('.claude/projects/p/s.jsonl', lines.join(''));
    const ledger = home.open();
    for (const text of ['', lines.slice(0, 900).join('').replaceAll('"output_tokens":90', '"output_tokens":95')]) {
      home.append('.claude/projects/p/s.jsonl', text);
      await scanHome(home, ledger);
      assert.equal(totals(ledger).events, 3000);
      assert.deepEqual(totals(ledger), totalsOfRequests(ledger));
      assert.deepEqual(totalsOf(tallies(ledger)), totals(ledger));
    }
    assert.equal(totals(ledger).output, 3000 * 90 + 900 * 5);
  });

  it('hold every request on its own side of a span', async () => {
    const home = newHome();
    const times = [0, 1, quarterMs - 1, quarterMs, 2 * quarterMs];
    home.write(
      '.claude/projects/p/s.jsonl',
      times.map((at, i) => claudeLine({ id: `m${i}`, time: noon + at })).join(''),
    );
    const ledger = home.open();
    await scanHome(home, ledger);
    const count = (since?: number, until?: number) => totalsOf(tallies(ledger, { since, until })).events;
    assert.equal(count(), 5);
    assert.equal(count(noon, noon + quarterMs), 3);
    assert.equal(count(noon + quarterMs), 2);
    assert.equal(count(undefined, noon), 0);
    assert.equal(totalsOf(modelTallies(ledger, { since: noon + quarterMs, until: noon + 2 * quarterMs })).events, 1);
  });
});

import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { importCursor } from '../../src/ledger/import-cursor.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { modelTallies } from '../../src/ledger/tallies.ts';
import { type Home, later, newHome, scanHome } from './home.ts';

const state = '.config/Cursor/User/globalStorage/state.vscdb';
const head =
  'Date,Kind,Model,Max Mode,Input (w/ Cache Write),Input (w/o Cache Write),Cache Read,Output Tokens,Total Tokens,Cost';
const rows = [
  '"2025-11-13T18:36:05.846Z","Included","auto","No","28342","775","105891","21282","156290","0.19"',
  '"2025-11-13T18:36:05.846Z","Included","auto","No","28342","775","105891","21282","156290","0.19"',
  '"2025-11-13T13:35:04.658Z","On-Demand","gpt-5-codex","No","0","8263","66964","1612","76839","$0.03"',
  '"2025-11-12T13:35:04.658Z","Errored, No Charge","gpt-5-codex","No","0","0","0","0","0","-"',
];

/** Writes messages of Cursor's own database: minutes after 13 November 2025, 13:00 UTC, and their input. */
function converse(home: Home, ...messages: readonly (readonly [minutes: number, input: number])[]): void {
  home.write(state, '');
  const database = new DatabaseSync(home.path(state));
  database.exec('CREATE TABLE cursorDiskKV (key TEXT UNIQUE ON CONFLICT REPLACE, value BLOB)');
  for (const [minutes, inputTokens] of messages) {
    const createdAt = Date.UTC(2025, 10, 13, 13) + minutes * 60_000;
    const value = JSON.stringify({ tokenCount: { inputTokens, outputTokens: 0 }, createdAt });
    database.prepare('INSERT INTO cursorDiskKV VALUES (?, ?)').run(`bubbleId:c:${minutes}`, value);
  }
  database.close();
}

function inputs(ledger: Ledger): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { model, input } of modelTallies(ledger)) sums[model] = (sums[model] ?? 0) + input;
  return sums;
}

describe('the usage file of a Cursor account', () => {
  it('is taken in once, with every column where it belongs', async () => {
    const home = newHome();
    const ledger = home.open();
    home.write('usage.csv', `\ufeff${[head, ...rows].join('\r\n')}\r\n`);
    const file = home.path('usage.csv');
    assert.deepEqual(await importCursor(ledger, file), { requests: 3, added: 3, forgotten: 0 });
    assert.deepEqual(await importCursor(ledger, file), { requests: 3, added: 0, forgotten: 0 });
    const [codex, ...auto] = modelTallies(ledger).toSorted((a, b) => b.model.localeCompare(a.model));
    const sums = (tally = codex) => [tally?.input, tally?.output, tally?.cacheRead, tally?.cacheWrite5m, tally?.events];
    assert.deepEqual(sums(), [8263, 1612, 66964, 0, 1]);
    assert.equal(codex?.reportedNanoUSD, 30_000_000);
    assert.deepEqual(sums(auto[0]), [2 * 775, 2 * 21282, 2 * 105891, 2 * 27567, 2]);
    assert.equal(codex?.estimatedTokens, 0);
  });

  it('may have other columns: those of first versions, and those of a team', async () => {
    const formats = [
      [
        'Date,Model,Input (w/ Cache Write),Input (w/o Cache Write),Cache Read,Output Tokens,Total Tokens,Cost,Cost to you',
        '2025-02-01,gpt-4o,10,5,1,15,31,$0.10,$0.10',
      ],
      [
        'Date,User,Kind,Model,Max Mode,Input (w/ Cache Write),Input (w/o Cache Write),Cache Read,Output Tokens,Total Tokens,Requests,Cost',
        '"2025-02-01T10:00:00.000Z","x, ""y""","Included","gpt-4o","No","10","5","1","15","31","1","Included"',
      ],
    ];
    for (const format of formats) {
      const home = newHome();
      const ledger = home.open();
      home.write('usage.csv', format.join('\n'));
      assert.equal((await importCursor(ledger, home.path('usage.csv'))).added, 1);
      const [tally] = modelTallies(ledger);
      assert.deepEqual(
        [tally?.model, tally?.input, tally?.cacheWrite5m, tally?.cacheRead, tally?.output],
        ['gpt-4o', 5, 5, 1, 15],
      );
    }
  });

  for (const order of ['before', 'after'])
    it(`outweighs what Cursor’s database tells of its days, also where that is read ${order} it`, async () => {
      const home = newHome();
      const ledger = home.open();
      home.write('usage.csv', [head, ...rows].join('\n'));
      // Within the file's days, after its last request, and on another day.
      converse(home, [10, 50_000], [400, 7], [3000, 8]);
      if (order === 'before') await scanHome(home, ledger);
      await importCursor(ledger, home.path('usage.csv'));
      await scanHome(home, ledger);
      const expected = { auto: 1550, 'gpt-5-codex': 8263, unknown: 15 };
      assert.deepEqual(inputs(ledger), expected);
      later(home.path(state));
      ledger.database.exec('UPDATE log SET version = 0');
      await scanHome(home, ledger);
      assert.deepEqual(inputs(ledger), expected, 'read again');
      home.write('more.csv', [head, rows[2]?.replace('13T13', '13T21') ?? ''].join('\n'));
      await importCursor(ledger, home.path('more.csv'));
      assert.deepEqual(inputs(ledger), { auto: 1550, 'gpt-5-codex': 16526, unknown: 8 }, 'a later file');
    });

  it('that is none is told so, and nothing changes', async () => {
    const home = newHome();
    const ledger = home.open();
    home.write('table.csv', 'Date,Model,Tokens\n2025-11-13,auto,5\n');
    await assert.rejects(importCursor(ledger, home.path('table.csv')), /no usage file of a Cursor account/);
    await assert.rejects(importCursor(ledger, home.path('missing.csv')), /is not there/);
    assert.deepEqual(modelTallies(ledger), []);
  });
});

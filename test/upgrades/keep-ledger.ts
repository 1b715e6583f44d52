import assert from 'node:assert/strict';
import { cpSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { newHome, tokenboard } from '../cli/command.ts';
import { writeDemoHome } from '../demo/demo-home.ts';
import { type KeptRows, keep } from './kept.ts';

const days = 30;

/** Keeps a ledger of made-up sessions and of all fixtures, and what the command says of it. */
export async function keepLedger(version: string): Promise<void> {
  const home = newHome();
  for (const tool of readdirSync('test/fixtures')) {
    for (const name of readdirSync(join('test/fixtures', tool))) {
      cpSync(join('test/fixtures', tool, name, 'home'), home, { recursive: true, force: true });
    }
  }
  writeDemoHome(home, { days, now: Date.parse('2026-11-20T12:00Z') });
  const data = newHome();
  const rows = await reported(home, data);
  const file = join(data, 'ledger.db');
  const ledger = new DatabaseSync(file);
  ledger.exec(`VACUUM INTO '${file}.kept'`);
  ledger.close();
  keep(version, 'ledger.db', readFileSync(`${file}.kept`));
  keep(version, 'ledger.json', JSON.stringify(rows));
  rmSync(home, { recursive: true });
}

/** What the command reports of a data folder's ledger, once the logs of a home have been read. */
export async function reported(home: string, data: string): Promise<KeptRows> {
  const { code, out, err } = await tokenboard(
    ['report', '--by', 'day,tool,model,project', '--timezone', 'UTC', '--json'],
    { HOME: home, USERPROFILE: home, TOKENBOARD_DATA_DIR: data },
  );
  assert.equal(code, 0, err);
  const { rows } = JSON.parse(out) as { readonly rows: readonly Readonly<Record<string, unknown>>[] };
  return rows.map(({ costUSD: _cost, unpricedTokens: _unpriced, ...row }) => row) as unknown as KeptRows;
}

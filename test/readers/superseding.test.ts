import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { importCursor } from '../../src/ledger/import-cursor.ts';
import { requests, tokens } from '../ledger/contents.ts';
import { type Home, later, newHome, runs, scanHome } from '../ledger/home.ts';

const models = ['claude-sonnet-4.5', 'gpt-5-mini'];
const begun = Date.UTC(2026, 7, 1, 10);

/** A request of a session, by the model's place in the list. */
interface Request {
  readonly model: number;
  readonly input: number;
  readonly output: number;
}

/** A session: what was asked between each of its ends, and whether the database knows it. */
interface Session {
  readonly parts: readonly (readonly Request[])[];
  readonly stored: boolean;
}

const request = fc.record({
  model: fc.nat(models.length - 1),
  input: fc.integer({ min: 1, max: 999 }),
  output: fc.nat(99),
});
const sessions = fc.array(
  fc.record({ parts: fc.array(fc.array(request, { maxLength: 4 }), { maxLength: 4 }), stored: fc.boolean() }),
  { minLength: 1, maxLength: 3 },
);
/** Which session goes on, in which of its logs, and whether a scan follows. */
const steps = fc.array(fc.record({ session: fc.nat(), log: fc.boolean(), scan: fc.boolean() }), { maxLength: 20 });

/** What is written of a session, piece by piece: rows of the database, and lines of its events. */
function piecesOf({ parts, stored }: Session, name: string): { rows: string[]; lines: string[] } {
  const time = (part: number) => new Date(begun + part * 3_600_000).toISOString();
  const rows = parts.flatMap((part, index) =>
    part.map(({ model, input, output }) => `('${name}', '${models[model]}', ${input}, ${output}, '${time(index)}')`),
  );
  const lines = parts.map((part, index) => {
    const metrics = models.flatMap((model, place) => {
      const asked = part.filter((one) => one.model === place);
      const sum = (of: 'input' | 'output') => asked.reduce((total, one) => total + one[of], 0);
      return asked.length === 0 ? [] : [[model, { usage: { inputTokens: sum('input'), outputTokens: sum('output') } }]];
    });
    const data = { modelMetrics: Object.fromEntries(metrics) };
    return `${JSON.stringify({ type: 'session.shutdown', timestamp: time(index), data })}\n`;
  });
  return { rows: stored ? rows : [], lines };
}

const columns = 'session_id, model, input_tokens, output_tokens, created_at';

function openStore(home: Home): DatabaseSync {
  mkdirSync(home.path('.copilot'), { recursive: true });
  const database = new DatabaseSync(home.path('.copilot/session-store.db'));
  database.exec(
    `CREATE TABLE assistant_usage_events (id INTEGER PRIMARY KEY AUTOINCREMENT, session_id TEXT, model TEXT,
     input_tokens INTEGER, output_tokens INTEGER, created_at TEXT)`,
  );
  return database;
}

describe('a source that knows better than another', () => {
  it('leaves each request of the Copilot CLI counted once, whatever is written and read first', async () => {
    const property = fc.asyncProperty(sessions, steps, async (all, order) => {
      const home = newHome();
      const ledger = home.openInMemory();
      const store = openStore(home);
      const left = all.map((session, index) => ({ name: `s${index}`, ...piecesOf(session, `s${index}`) }));
      let seconds = 0;
      const write = (rows: readonly string[], name: string, lines: readonly string[]): void => {
        for (const row of rows) store.exec(`INSERT INTO assistant_usage_events (${columns}) VALUES ${row}`);
        if (lines.length > 0) home.append(`.copilot/session-state/${name}/events.jsonl`, lines.join(''));
        seconds += 5;
        later(home.path('.copilot/session-store.db'), seconds);
      };
      for (const { session, log, scan } of order) {
        const one = left[session % left.length];
        if (one !== undefined) write(log ? one.rows.splice(0, 1) : [], one.name, log ? [] : one.lines.splice(0, 1));
        if (scan) await scanHome(home, ledger);
      }
      for (const { name, rows, lines } of left) write(rows, name, lines);
      await scanHome(home, ledger);
      const asked = all.flatMap(({ parts }) => parts.flat());
      assert.equal(
        tokens(ledger),
        asked.reduce((sum, { input, output }) => sum + input + output, 0),
      );
      store.close();
      home.close();
    });
    await fc.assert(property, runs(40));
  });

  it('comes to the same in whatever order Cursor’s messages and usage files come', async () => {
    const minutes = fc.uniqueArray(fc.integer({ min: 0, max: 6000 }), { maxLength: 6 });
    const property = fc.asyncProperty(
      minutes,
      minutes,
      fc.array(fc.nat(), { maxLength: 8 }),
      async (own, account, order) => {
        const first = await inOrder(own, account, []);
        assert.deepEqual(await inOrder(own, account, order), first);
      },
    );
    await fc.assert(property, runs(25));
  });
});

/** What is counted when messages and one-line usage files come in an order, the rest of them at the end. */
async function inOrder(own: readonly number[], account: readonly number[], order: readonly number[]): Promise<unknown> {
  const home = newHome();
  const ledger = home.open();
  const state = '.config/Cursor/User/globalStorage/state.vscdb';
  home.write(state, '');
  const database = new DatabaseSync(home.path(state));
  database.exec('CREATE TABLE cursorDiskKV (key TEXT UNIQUE ON CONFLICT REPLACE, value BLOB)');
  let seconds = 0;
  const works = [
    ...own.map((minute) => async () => {
      const value = { tokenCount: { inputTokens: 1000 + minute, outputTokens: 1 }, createdAt: begun + minute * 60_000 };
      database.prepare('INSERT INTO cursorDiskKV VALUES (?, ?)').run(`bubbleId:c:${minute}`, JSON.stringify(value));
      seconds += 5;
      later(home.path(state), seconds);
      await scanHome(home, ledger);
    }),
    ...account.map((minute) => async () => {
      const date = new Date(begun + minute * 60_000).toISOString();
      const head =
        'Date,Model,Input (w/ Cache Write),Input (w/o Cache Write),Cache Read,Output Tokens,Total Tokens,Cost';
      home.write('usage.csv', `${head}\n${date},auto,${minute},${minute},0,7,${minute + 7},0.1\n`);
      await importCursor(ledger, home.path('usage.csv'));
    }),
  ];
  for (const place of order) await works.splice(place % Math.max(1, works.length), 1)[0]?.();
  for (const work of works) await work();
  await scanHome(home, ledger);
  const found = [tokens(ledger), requests(ledger).filter(({ input, output }) => Number(input) + Number(output) > 0)];
  database.close();
  home.close();
  return found;
}

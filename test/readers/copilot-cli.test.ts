import assert from 'node:assert/strict';
import { renameSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { copilotCli } from '../../src/readers/copilot-cli.ts';
import { type CountedHome, countedHome } from './counted-home.ts';
import { expectedOf } from './fixture-cases.ts';
import { fixtureHome } from './fixture-home.ts';
import { homeUsage } from './home-usage.ts';

const opened: CountedHome[] = [];

function open(name: string): CountedHome {
  const usage = countedHome(fixtureHome('copilot-cli', name));
  opened.push(usage);
  return usage;
}

afterEach(() => {
  for (const usage of opened.splice(0)) usage.close();
});

describe('GitHub Copilot CLI', () => {
  it('counts the sums of sessions until their requests are known', async () => {
    const usage = open('database');
    const folder = join(usage.home, '.copilot');
    const files = ['session-store.db', 'session-store.db-wal'];
    for (const file of files) renameSync(join(folder, file), join(folder, `${file}.away`));
    await usage.scan();
    const sums = usage.totals()['copilot-cli'];
    assert.deepEqual([sums?.['claude-sonnet-4.5']?.events, sums?.['claude-sonnet-4.5']?.output], [3, 690]);
    assert.equal(sums?.['gemini-3-pro'], undefined, 'its session never ended');
    for (const file of files) renameSync(join(folder, `${file}.away`), join(folder, file));
    await usage.scan();
    assert.deepEqual(usage.totals(), expectedOf('copilot-cli', 'database'));
  });

  it('reads only the requests that are new', async () => {
    const home = fixtureHome('copilot-cli', 'database');
    const usage = homeUsage(copilotCli, home);
    const first = usage.read().length;
    const database = new DatabaseSync(join(home, '.copilot/session-store.db'));
    database.exec(`INSERT INTO assistant_usage_events (session_id, model, input_tokens, output_tokens, created_at)
      VALUES ('c0b00000-0000-4000-8000-000000000003', 'gpt-5-mini', 70, 7, '2026-08-03 12:00:00')`);
    database.close();
    const found = usage.read();
    assert.ok(first > 7 && found.length <= 2, `${first}, then ${found.length}`);
    const { time, session, project, branch } = usage.requests().at(-1) ?? {};
    assert.deepEqual(
      [time, session, project, branch],
      [Date.UTC(2026, 7, 3, 12), 'c0b00000-0000-4000-8000-000000000003', '/home/ada/loom', 'main'],
    );
  });

  it('knows which sums are told by its requests also when these come one by one', async () => {
    const usage = open('database');
    const file = join(usage.home, '.copilot/session-store.db');
    const change = (sql: string): void => {
      const database = new DatabaseSync(file);
      database.exec(sql);
      database.close();
    };
    change('CREATE TABLE all_events AS SELECT * FROM assistant_usage_events; DELETE FROM assistant_usage_events');
    const folder = join(usage.home, '.copilot/session-state');
    renameSync(folder, `${folder}.away`);
    for (let id = 1; id <= 7; id++) {
      change(`INSERT INTO assistant_usage_events SELECT * FROM all_events WHERE id = ${id}`);
      const time = new Date(Date.now() + id * 5000);
      utimesSync(file, time, time);
      await usage.scan();
    }
    renameSync(`${folder}.away`, folder);
    await usage.scan();
    assert.deepEqual(usage.totals(), expectedOf('copilot-cli', 'database'));
  });

  it('gives subagents to their session, and tells what GitHub charges', () => {
    const usage = homeUsage(copilotCli, fixtureHome('copilot-cli', 'database'));
    usage.read();
    const of = (model: string) => usage.requests().filter((request) => request.model === model);
    assert.deepEqual(
      of('gpt-5-mini').map(({ subagent, agent }) => [subagent, agent]),
      [
        [true, 'explore-1'],
        [undefined, undefined],
      ],
    );
    assert.equal(of('claude-sonnet-4.5').find(({ tokens }) => tokens.output === 80)?.reportedUSD, 0.01);
  });

  it('takes an OpenTelemetry file that comes later for the same requests', async () => {
    const usage = open('otel');
    const folder = join(usage.home, '.copilot');
    renameSync(join(folder, 'otel'), join(folder, 'away'));
    await usage.scan();
    renameSync(join(folder, 'away'), join(folder, 'otel'));
    const file = join(folder, 'session-store.db');
    utimesSync(file, new Date(Date.now() + 9000), new Date(Date.now() + 9000));
    await usage.scan();
    assert.deepEqual(usage.totals(), expectedOf('copilot-cli', 'otel'));
  });
});

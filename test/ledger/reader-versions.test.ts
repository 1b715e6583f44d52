import assert from 'node:assert/strict';
import type { UsageEvent } from '../../src/usage/usage-event.ts';
import { requests, totals, totalsOfRequests } from './contents.ts';
import { type Home, newHome, scanHome } from './home.ts';
import { toyLine, toyReader } from './toy-reader.ts';

const without = (key: string) => (event: UsageEvent) => (event.key === `toy:${key}` ? undefined : event);
const doubled = (event: UsageEvent): UsageEvent => ({
  ...event,
  tokens: { ...event.tokens, output: event.tokens.output * 2 },
});

const old = toyReader({ version: 1 });

/** Two logs, read by the reader's first version. */
async function readHome() {
  const home = newHome();
  home.write('toy/a.jsonl', toyLine({ key: 'a1' }) + toyLine({ key: 'a2' }));
  home.write('toy/b.jsonl', toyLine({ key: 'b1' }) + toyLine({ key: 'b2' }));
  const ledger = home.open();
  await scanHome(home, ledger, {}, [old]);
  const scan = (reader: typeof old, home_: Home = home) => scanHome(home_, ledger, {}, [reader]);
  const events = (): number => {
    assert.deepEqual(totals(ledger), totalsOfRequests(ledger));
    return totals(ledger).events;
  };
  assert.equal(events(), 4);
  return { home, ledger, scan, events };
}

describe('when a reader gets better', () => {
  it('its logs are read again, once, and changed counts replace the old ones', async () => {
    const { ledger, scan } = await readHome();
    const better = toyReader({ version: 2, understands: doubled });
    const report = await scan(better);
    assert.deepEqual([report.filesRead, report.events], [2, 4]);
    assert.equal(totals(ledger).output, 800);
    assert.equal((await scan(better)).filesRead, 0);
  });

  it('also lower counts replace the old ones', async () => {
    const { ledger, scan } = await readHome();
    const halved = (event: UsageEvent): UsageEvent => ({ ...event, tokens: { ...event.tokens, output: 50 } });
    await scan(toyReader({ version: 2, understands: halved }));
    assert.deepEqual([totals(ledger).events, totals(ledger).output], [4, 200]);
  });

  it('what it takes for no request any more goes, if its log still exists', async () => {
    const { home, scan, events } = await readHome();
    await scan(toyReader({ version: 2, understands: without('a1') }));
    assert.equal(events(), 3);
    home.append('toy/a.jsonl', toyLine({ key: 'a3' }));
    await scan(toyReader({ version: 2, understands: without('a1') }));
    assert.equal(events(), 4);
  });

  it('requests whose logs are gone stay', async () => {
    const { home, scan, events } = await readHome();
    home.remove('toy/a.jsonl');
    await scan(toyReader({ version: 2, understands: without('a1') }));
    assert.equal(events(), 4);
  });

  it('requests that were in a log before it was rewritten stay', async () => {
    const { home, scan, events } = await readHome();
    home.write('toy/a.jsonl', toyLine({ key: 'a2' }));
    await scan(old);
    home.append('toy/a.jsonl', toyLine({ key: 'a3' }));
    await scan(old);
    assert.equal(events(), 5);
    await scan(toyReader({ version: 2 }));
    assert.equal(events(), 5);
  });

  it('a log that was rewritten just before keeps its former requests too', async () => {
    const { home, scan, events } = await readHome();
    home.write('toy/a.jsonl', toyLine({ key: 'a2' }));
    await scan(toyReader({ version: 2 }));
    assert.equal(events(), 4);
  });

  it('logs that are read later are put right later', async () => {
    const { home, scan, events, ledger } = await readHome();
    const better = toyReader({ version: 2, understands: without('b1') });
    await scanHome(home, ledger, { paths: [home.path('toy/a.jsonl')] }, [better]);
    assert.equal(events(), 4);
    await scan(better);
    assert.equal(events(), 3);
  });

  it('a log that could not be read at first is put right once it can be', async () => {
    const { home, scan, events } = await readHome();
    let fails = true;
    const better = toyReader({
      version: 2,
      understands: without('b1'),
      onStart: (path) => {
        if (fails && path.endsWith('b.jsonl')) throw new Error('a mistake in a reader');
      },
    });
    const report = await scan(better);
    assert.deepEqual(
      report.problems.map(({ path, reason }) => [path, reason]),
      [[home.path('toy/b.jsonl'), 'a mistake in a reader']],
    );
    assert.equal(events(), 4);
    fails = false;
    await scan(better);
    assert.equal(events(), 3);
  });

  it('a line that a reader stumbles over takes no other with it, and is told of', async () => {
    const { scan, events, ledger } = await readHome();
    const stumbling = toyReader({
      version: 2,
      onLine: (key) => {
        if (key === 'b1') throw new Error('a mistake in a reader');
      },
    });
    const report = await scan(stumbling);
    assert.deepEqual(report.problems, []);
    assert.equal(events(), 3);
    const skipped = ledger.database.prepare("SELECT skipped FROM log WHERE path LIKE '%b.jsonl'").get();
    assert.match(String(skipped?.skipped), /not as expected/);
  });

  it('an older program that still runs beside it does no damage', async () => {
    const { home, ledger, scan, events } = await readHome();
    const better = toyReader({ version: 2, understands: (event) => without('a1')(doubled(event)) });
    await scan(better);
    assert.deepEqual([events(), totals(ledger).output], [3, 600]);
    // The older one does not touch what it finds as it was.
    assert.equal((await scan(old)).filesRead, 0);
    home.append('toy/a.jsonl', toyLine({ key: 'a3' }));
    await scan(old);
    assert.equal(requests(ledger).filter(({ version }) => version === 2).length, 3);
    await scan(better);
    assert.deepEqual([events(), totals(ledger).output], [4, 800]);
    assert.equal((await scan(better)).filesRead, 0);
    assert.equal((await scan(old)).filesRead, 0);
  });

  it('other tools stay as they are', async () => {
    const { home, ledger, events } = await readHome();
    const other = { ...toyReader({ version: 7 }), id: 'amp' as const };
    home.write('toy/c.jsonl', toyLine({ key: 'c1' }));
    const report = await scanHome(home, ledger, {}, [toyReader(), other]);
    assert.equal(report.filesRead, 4);
    assert.equal(events(), 5);
  });
});

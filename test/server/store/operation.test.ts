import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { schemaVersion } from '../../../src/server/store/migrate.ts';
import { openSqliteStore } from '../../../src/server/store/sqlite-store.ts';
import { cell, founded, joined, sync } from './people.ts';
import { onBothStores, openAt, postgresDatabase, thread } from './stores.ts';

onBothStores('a store', (at) => {
  it('is made from nothing, by many processes at once', async () => {
    const opened = await Promise.all([1, 2, 3].map(() => at.database.open()));
    for (const store of opened) await store.ready();
    const steps = await at.database.rows('SELECT step FROM schema_step ORDER BY step');
    assert.equal(steps.length, schemaVersion);
    await Promise.all(opened.map((store) => store.close()));
  });

  it('keeps everything when it is closed and opened again', async () => {
    const first = await at.database.open();
    const owner = await founded(first);
    const person = await joined(first, owner.org);
    await sync(first, person, [cell()]);
    await first.close();
    const second = await at.database.open();
    assert.equal((await second.usage(person)).days[0]?.in, 100);
    await second.close();
    await assert.rejects(second.ready());
  });

  it('has one leader, and the next when that one is gone', async () => {
    const other = await at.database.open();
    const leader = await at.store.tryLead();
    assert.equal(leader?.holds(), true);
    assert.equal(await other.tryLead(), null);
    assert.equal(await at.store.tryLead(), null);
    await leader?.release();
    assert.equal(leader?.holds(), false);
    const next = await other.tryLead();
    assert.equal(next?.holds(), true);
    await next?.release();
    await other.close();
  });

  it('takes many syncs at once without loss', async () => {
    const found = await at.store.organisation({});
    const people = await Promise.all(Array.from({ length: 12 }, () => joined(at.store, found?.org ?? 0)));
    const all = Array.from({ length: 10 }, (_none, rev) => people.map((person) => ({ person, rev: rev + 1 }))).flat();
    const outcomes = await Promise.all(all.map(({ person, rev }) => sync(at.store, person, [cell({ rev, in: rev })])));
    assert.ok(outcomes.every(({ outcome }) => outcome === 'applied'));
    for (const person of people) assert.equal((await at.store.usage(person)).days[0]?.in, 10);
  });

  it('finishes what it was asked for before it closes', async () => {
    const store = await at.database.open();
    const found = await store.organisation({});
    const people = await Promise.all(Array.from({ length: 5 }, () => joined(store, found?.org ?? 0)));
    const asked = [1, 2, 3].flatMap((rev) => people.map((person) => sync(store, person, [cell({ rev, in: rev })])));
    await Promise.all([store.close(), store.close()]);
    assert.ok((await Promise.all(asked)).every(({ outcome }) => outcome === 'applied'));
    for (const person of people) assert.equal((await at.store.usage(person)).days[0]?.in, 3);
  });

  it('tells an error of one order to its caller alone', async () => {
    const found = await at.store.organisation({});
    const person = await joined(at.store, found?.org ?? 0);
    const broken = { ...cell(), pv: null as unknown as string };
    const other = await joined(at.store, found?.org ?? 0);
    const [bad, good] = await Promise.allSettled([sync(at.store, person, [broken]), sync(at.store, other, [cell()])]);
    assert.deepEqual([bad.status, good.status], ['rejected', 'fulfilled']);
    assert.deepEqual((await at.store.usage(person)).days, [], 'nothing half of it');
  });

  it('refuses to open what a newer version wrote', async () => {
    await at.database.rows(`INSERT INTO schema_step (step, at) VALUES (${schemaVersion + 1}, 0)`);
    await assert.rejects(at.database.open(), /written by a newer version/);
    await at.database.rows(`DELETE FROM schema_step WHERE step > ${schemaVersion}`);
    await (await at.database.open()).close();
  });
});

describe('a PostgreSQL store whose connections break', () => {
  it('goes on with new ones, and leads no more', async () => {
    const database = await postgresDatabase();
    const store = await database.open();
    const owner = await founded(store);
    const person = await joined(store, owner.org);
    const leader = await store.tryLead();
    await database.rows(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE application_name LIKE 'tokenboard%' AND datname = current_database()`,
    );
    for (let tries = 0; leader?.holds() && tries < 100; tries++) await new Promise((go) => setTimeout(go, 20));
    assert.equal(leader?.holds(), false);
    assert.equal((await sync(store, person, [cell()])).outcome, 'applied');
    const next = await store.tryLead();
    assert.equal(next?.holds(), true);
    await next?.release();
    await leader?.release();
    await store.close();
  });

  it('cannot be opened where there is no server, and says so', async () => {
    await assert.rejects(openAt({ kind: 'postgres', url: 'postgres://nobody@127.0.0.1:1/nothing' }), /ECONNREFUSED/);
  });
});

describe('a backup of the SQLite store', () => {
  it('is whole while the store is written', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tokenboard-backup-'));
    const store = await openSqliteStore({ file: join(folder, 'server.db'), thread });
    try {
      const owner = await founded(store);
      const person = await joined(store, owner.org);
      await sync(store, person, [cell()]);
      const file = join(folder, 'copy.db');
      const writing = Promise.all([2, 3, 4].map((rev) => sync(store, person, [cell({ rev })])));
      await store.backup({ file });
      await writing;
      for (const name of ['server.db', 'copy.db']) {
        if (process.platform !== 'win32')
          assert.equal(statSync(join(folder, name)).mode & 0o077, 0, 'for its owner alone');
      }
      const copy = new DatabaseSync(file);
      assert.deepEqual({ ...copy.prepare('PRAGMA integrity_check').get() }, { integrity_check: 'ok' });
      copy.close();
      const restored = await openSqliteStore({ file, thread });
      assert.equal((await restored.usage(person)).days[0]?.in, 100);
      await restored.close();
      await assert.rejects(store.backup({ file }), /exist/);
    } finally {
      await store.close();
      rmSync(folder, { recursive: true });
    }
  });

  it('cannot be asked of a folder that is not there', async () => {
    await assert.rejects(openSqliteStore({ file: join(tmpdir(), 'no-such-folder-here', 'x.db'), thread }));
  });
});

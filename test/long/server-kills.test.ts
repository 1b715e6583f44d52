import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { StoredCell } from '../../src/server/store/records.ts';
import { anotherDevice, founded, joined, now, type Person } from '../server/store/people.ts';
import { onBothStores } from '../server/store/stores.ts';
import { share } from './factor.ts';
import { cellsEach, type SyncProcessOrder } from './sync-process.ts';

const kills = Math.max(4, share(200));

onBothStores(`${kills} kills of a backend that syncs`, (at) => {
  it('lose nothing that was acknowledged and leave nothing half done', async function () {
    this.timeout(60_000 + kills * 10_000);
    const owner = await founded(at.store);
    const people: Person[] = [];
    for (let members = 0; members < 3; members++) {
      const person = await joined(at.store, owner.org);
      people.push(person, await anotherDevice(at.store, person));
    }
    // SQLite is held by the killed process alone, as it is in life.
    await at.store.close();
    const acked = new Map<number, number>();
    let all = 0;
    for (let kill = 0; kill < kills; kill++) {
      const from = Math.max(0, ...acked.values()) + 1000;
      const told = await killed({ place: at.database.place, people, from }, 20 + Math.random() * 400);
      for (const { device, rev } of told) acked.set(device, Math.max(rev, acked.get(device) ?? 0));
      all += told.length;
      at.store = await at.database.open();
      for (const person of people) await check(person, acked.get(person.device) ?? 0, `kill ${kill}`);
      if (kill < kills - 1) await at.store.close();
    }
    assert.ok(all > kills * 5, `${all} acknowledgements are too few to prove anything`);
    if (at.database.kind === 'sqlite') {
      const [found] = await at.database.rows('PRAGMA integrity_check');
      assert.equal(found?.integrity_check, 'ok');
    }
  });

  async function check(person: Person, acked: number, when: string): Promise<void> {
    const told = await at.store.exportMember({ ...person, now });
    const cells = told?.cells ?? [];
    const own = cells.filter(({ device }) => device === person.device);
    const revisions = new Set(own.map(({ rev }) => rev));
    assert.ok(revisions.size <= 1, `${when}: half of a request, ${[...revisions]}`);
    if (acked === 0) return;
    assert.equal(own.length, cellsEach, `${when}: cells of an acknowledged request`);
    assert.ok((own[0]?.rev ?? 0) >= acked, `${when}: ${own[0]?.rev} is older than the acknowledged ${acked}`);
    assert.deepEqual(
      (told?.days ?? []).map(({ day, in: input }) => [day, input]),
      [...inputOfDays(cells)].sort(),
      `${when}: the days are what the cells are`,
    );
    const dirty = await at.database.rows(`SELECT member FROM dirty WHERE member = ${person.member}`);
    assert.equal(dirty.length, 1, `${when}: the boards will know`);
  }
});

function inputOfDays(cells: readonly StoredCell[]): Map<string, number> {
  const days = new Map<string, number>();
  for (const one of cells) days.set(one.day, (days.get(one.day) ?? 0) + one.in);
  return days;
}

/** Starts a backend, kills it so long after it had the store open, and tells what it acknowledged. */
function killed(order: SyncProcessOrder, afterMs: number): Promise<{ device: number; rev: number }[]> {
  const script = join(import.meta.dirname, 'sync-process.ts');
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, JSON.stringify(order)], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let told = '';
    let errors = '';
    let doomed = false;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      told += text;
      if (doomed || !told.startsWith('open')) return;
      doomed = true;
      setTimeout(() => child.kill('SIGKILL'), afterMs);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      errors += text;
    });
    child.once('error', reject);
    child.once('close', (_code, signal) => {
      if (signal !== 'SIGKILL') return reject(new Error(`It ended by itself: ${errors}`));
      const lines = told.split('\n').slice(1, -1);
      resolve(lines.map((line) => ({ device: Number(line.split(' ')[0]), rev: Number(line.split(' ')[1]) })));
    });
  });
}

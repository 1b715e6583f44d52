import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { type RunningServer, startServer } from '../../../src/server/run/server.ts';
import { openAt } from '../store/stores.ts';
import { ask, type Client, join } from './member.ts';

describe('a server that is killed when it has noted a member and not yet erased them', function () {
  this.timeout(60_000);
  const folder = mkdtempSync(joinPath(tmpdir(), 'tokenboard-killed-'));
  const key = randomBytes(32);
  const file = joinPath(folder, 'server.db');
  const backup = joinPath(folder, 'backup.db');
  after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));

  /** Owner, and two members: one to go, one to stay. A backup is made with all three. */
  async function board(): Promise<{ owner: Client; goes: Client; stays: Client }> {
    for (const suffix of ['', '-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
    rmSync(backup, { force: true });
    rmSync(joinPath(folder, 'erased'), { force: true });
    const { store, server } = await started();
    const owner = await join(server.address, server.setUpLink?.split('#')[1] ?? '', 'Owner');
    const draft = { purpose: 'Learn', organisation: 'Acme', contact: null, worksAgreement: null, usedForPay: false };
    const rules = { cadence: 'daily', k: 5, topN: 250, quiet: false, metrics: ['fresh'], defaultMetric: 'fresh' };
    const body = { ...draft, ...rules, budget: null };
    await ask(server.address, '/v1/admin/policy', { method: 'PUT', token: owner.token, body });
    const invite = { team: null, role: 'member', teamRole: 'member', uses: 2, days: 3 };
    const made = await ask(server.address, '/v1/invites', { method: 'POST', token: owner.token, body: invite });
    const goes = await join(server.address, made.body.secret, 'Goes');
    const stays = await join(server.address, made.body.secret, 'Stays');
    await store.backup({ file: backup });
    await server.stop();
    return { owner, goes, stays };
  }

  async function started() {
    const store = await openAt({ kind: 'sqlite', file });
    const config = { port: 0, host: '127.0.0.1', healthPort: undefined, publicUrl: undefined, data: folder };
    const server: RunningServer = await startServer({
      config: { ...config, databaseUrl: undefined, trustedProxies: [], logLevel: 'fatal' },
      store,
      key,
      log: pino({ level: 'silent' }),
      version: '0.0.0',
      mostDelayMs: 60_000,
    });
    return { store, server };
  }

  /** Runs the process until it is killed; `request` is asked of one that serves. */
  async function killed(act: string, member: number, request?: (address: string) => Promise<unknown>): Promise<void> {
    const program = fileURLToPath(new URL('dying-process.ts', import.meta.url));
    const child = spawn(process.execPath, [program, act, folder, key.toString('hex'), String(member)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = new Promise<string | null>((resolve) => child.once('close', (_code, signal) => resolve(signal)));
    child.stdout.setEncoding('utf8').once('data', (address: string) => {
      void request?.(address.trim()).catch(() => undefined);
    });
    assert.equal(await ended, 'SIGKILL');
  }

  async function membersAfter(restore: boolean): Promise<number[]> {
    if (restore) {
      for (const suffix of ['', '-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
      copyFileSync(backup, file);
    }
    const { store, server } = await started();
    try {
      const org = (await store.organisation({}))?.org ?? 0;
      return (await store.members({ org, after: 0, limit: 10 })).map(({ id }) => id);
    } finally {
      await server.stop();
    }
  }

  const ways: readonly {
    readonly name: string;
    readonly act: string;
    readonly request?: (address: string, people: { owner: Client; goes: Client }) => Promise<unknown>;
    readonly all?: boolean;
  }[] = [
    {
      name: 'who leaves',
      act: 'serve',
      request: (address, { goes }) => ask(address, '/v1/me', { method: 'DELETE', token: goes.token }),
    },
    {
      name: 'whom an owner removes',
      act: 'serve',
      request: (address, { owner, goes }) =>
        ask(address, `/v1/admin/members/${goes.id}`, { method: 'DELETE', token: owner.token }),
    },
    {
      name: 'who are erased when the board is closed',
      act: 'serve',
      request: (address, { owner }) =>
        ask(address, '/v1/admin/close', { method: 'POST', token: owner.token, body: { notice: 'End', erase: true } }),
      all: true,
    },
    { name: 'whom the operator removes', act: 'remove' },
    { name: 'whom the operator erases with all', act: 'erase', all: true },
  ];
  for (const { name, act, request, all = false } of ways) {
    it(`brings back none of those ${name}, at its next start or from a backup`, async () => {
      const people = await board();
      await killed(act, people.goes.id, (address) => request?.(address, people) ?? Promise.resolve());
      const left = all ? [] : [people.owner.id, people.stays.id].sort((a, b) => a - b);
      assert.deepEqual(await membersAfter(false), left);
      assert.deepEqual(await membersAfter(true), left);
    });
  }
});

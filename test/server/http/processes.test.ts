import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { newFolder, type Server, serve } from '../run/command.ts';
import { ask, type Client, join, sync } from '../run/member.ts';
import { postgresDatabase, type TestDatabase } from '../store/stores.ts';
import { cell } from './world.ts';

const draft = {
  purpose: 'Learn',
  organisation: 'Acme',
  contact: null,
  worksAgreement: null,
  usedForPay: false,
  cadence: 'daily',
  k: 5,
  topN: 250,
  quiet: false,
  metrics: ['fresh'],
  defaultMetric: 'fresh',
  budget: null,
};

describe('several processes on one PostgreSQL', function () {
  this.timeout(120_000);
  let database: TestDatabase;
  let servers: Server[];
  let owner: Client;

  const started = (): Promise<Server> => {
    const url = database.place.kind === 'postgres' ? database.place.url : '';
    return serve(['--database-url', url, '--data', folder, '--health-port', '0'], { TOKENBOARD_SERVER_KEY: key });
  };
  const folder = newFolder();
  const key = randomBytes(32).toString('hex');
  const leads = async (server: Server): Promise<boolean> => {
    const health = /measures are at (http:\S+)\./.exec(server.err())?.[1];
    return /^tokenboard_leader 1$/m.test(await (await fetch(`${health}/metrics`)).text());
  };
  const leaders = async (): Promise<Server[]> => {
    const found = await Promise.all(servers.map(async (server) => ((await leads(server)) ? [server] : [])));
    return found.flat();
  };
  const waited = async (what: string, until: () => Promise<boolean>, ms = 20_000): Promise<void> => {
    for (const end = Date.now() + ms; !(await until()); ) {
      assert.ok(Date.now() < end, `${what} within ${ms} ms`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  const url = (index: number): string => servers[index]?.address ?? '';

  before(async () => {
    database = await postgresDatabase();
    // They start at the same time: one of them makes the tables and the organisation.
    servers = await Promise.all([started(), started(), started()]);
    // Each has printed a link, and the last one holds.
    for (const server of servers) {
      if (owner === undefined && server.secret !== undefined) {
        owner = (await join(server.address, server.secret, 'Owner').catch(() => undefined)) as Client;
      }
    }
    const stated = await ask(url(0), '/v1/admin/policy', { method: 'PUT', token: owner.token, body: draft });
    assert.equal(stated.status, 200);
  });
  after(async () => {
    for (const server of servers) server.kill('SIGKILL');
    await Promise.all(servers.map(({ ended }) => ended));
    database.remove();
  });

  async function invite(uses: number): Promise<string> {
    const body = { team: null, role: 'member', teamRole: 'member', uses, days: 1 };
    const made = await ask(url(1), '/v1/invites', { method: 'POST', token: owner.token, body });
    assert.equal(made.status, 200, JSON.stringify(made.body));
    return made.body.secret;
  }

  it('know one organisation, and take what is synced to any of them', async () => {
    const member = await join(url(0), await invite(1), 'Somebody');
    const today = new Date().toISOString().slice(0, 10);
    for (const index of [0, 1, 2]) {
      const answer = await sync(url(index), member, [cell({ day: today, rev: index + 1, in: index + 1 })]);
      assert.deepEqual([answer.status, answer.body.applied], [200, 1]);
    }
    const usage = await ask(url(0), '/v1/me/usage', { token: member.token });
    assert.equal(usage.body.days[0].in, 3);
  });

  it('end a token within a second, whichever of them was told', async () => {
    const member = await join(url(0), await invite(1), 'Leaver');
    for (const index of [0, 1, 2]) {
      assert.equal((await ask(url(index), '/v1/me', { token: member.token })).status, 200);
    }
    await ask(url(0), '/v1/auth/logout', { method: 'POST', token: member.token, body: {} });
    const told = Date.now();
    assert.equal((await ask(url(0), '/v1/me', { token: member.token })).status, 401);
    await new Promise((resolve) => setTimeout(resolve, 1000 - (Date.now() - told)));
    for (const index of [1, 2]) {
      assert.equal((await ask(url(index), '/v1/me', { token: member.token })).status, 401, `process ${index}`);
    }
  });

  it('count rates together, exactly', async () => {
    const member = await join(url(0), await invite(1), 'Eager');
    const body = { client: { kind: 'command', version: '1.0.0' } };
    const asked = Array.from({ length: 60 }, (_, i) =>
      ask(url(i % 3), '/v1/auth/token', { method: 'POST', token: member.token, body }),
    );
    const statuses = (await Promise.all(asked)).map(({ status }) => status);
    assert.equal(statuses.filter((status) => status === 200).length, 20);
    assert.equal(statuses.filter((status) => status === 429).length, 40);
  });

  it('have one leader; when it is killed another one takes over within seconds; each snapshot is published once', async () => {
    const series = () => database.rows('SELECT seq FROM snapshot WHERE board = 0 AND head IS NOT NULL');
    for (let kill = 0; kill < 2; kill++) {
      await waited('a leader', async () => (await leaders()).length === 1);
      const [leader] = (await leaders()) as [Server];
      leader.kill('SIGKILL');
      await leader.ended;
      servers = servers.filter((server) => server !== leader);
      await waited('another leader', async () => (await leaders()).length === 1, 10_000);
      // It does at once what is due: the first time all, the second time nothing.
      await waited('the snapshots', async () => (await series()).length === 3, 10_000);
      servers.push(await started());
      for (let look = 0; look < 10; look++) {
        assert.equal((await leaders()).length, 1);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
    assert.deepEqual(
      (await series()).map(({ seq }) => Number(seq)),
      [1, 1, 1],
    );
  });
});

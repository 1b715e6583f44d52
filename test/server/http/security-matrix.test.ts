import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { type Answer, consentOf, type Member, type World, world } from './world.ts';

type Who = 'nobody' | 'expired' | 'erased' | 'other team' | 'member' | 'not agreed' | 'admin' | 'owner';

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly secured: boolean;
}

/** What each may, by path: a route that is not named here fails the test. */
const forEveryone = [
  'GET /v1/meta',
  'POST /v1/join',
  'POST /v1/auth/refresh',
  'GET /v1/auth/oidc/start',
  'GET /v1/auth/oidc/callback',
  'POST /v1/auth/oidc/token',
  'POST /v1/auth/device',
  'POST /v1/auth/device/token',
];
const forMembers = [
  'POST /v1/auth/token',
  'POST /v1/auth/logout',
  'PUT /v1/consent',
  'DELETE /v1/consent',
  'GET /v1/me',
  'DELETE /v1/me',
  'GET /v1/me/usage',
  'GET /v1/me/export',
  'GET /v1/me/views',
  'GET /v1/me/allowance',
  'GET /v1/me/devices',
  'POST /v1/me/devices',
  'POST /v1/me/web-code',
  'DELETE /v1/me/devices/{id}',
  'GET /v1/teams',
  'DELETE /v1/teams/{id}/members/{member}',
];
const forThoseWhoAgreed = [
  'POST /v1/sync',
  'GET /v1/boards',
  'GET /v1/boards/{id}',
  'GET /v1/boards/{id}/me',
  'POST /v1/me/pseudonym',
];
const forTeamOwners = [
  'PATCH /v1/teams/{id}',
  'DELETE /v1/teams/{id}',
  'GET /v1/teams/{id}/members',
  'GET /v1/teams/{id}/insights',
  'PUT /v1/teams/{id}/members/{member}',
  'POST /v1/invites',
  'GET /v1/invites',
  'DELETE /v1/invites/{id}',
];
const forAdmins = [
  'POST /v1/teams',
  'GET /v1/admin/policy',
  'GET /v1/admin/audit',
  'GET /v1/admin/members',
  'GET /v1/admin/allowances',
  'POST /v1/admin/allowances',
  'PATCH /v1/admin/allowances/{id}',
  'DELETE /v1/admin/allowances/{id}',
  'PATCH /v1/admin/members/{id}',
  'DELETE /v1/admin/members/{id}',
];
const forOwners = ['PUT /v1/admin/policy', 'POST /v1/admin/close', 'DELETE /v1/admin/close'];

for (const kind of ['sqlite', 'postgres'] as const)
  describe(`who may do what on ${kind}`, function () {
    this.timeout(60_000);
    let at: World;
    let operations: Operation[];
    let team: number;
    const people = {} as Record<'erased' | 'other' | 'member' | 'late' | 'admin', Member>;

    before(async () => {
      at = await world(kind);
      const { paths } = (await at.ask('GET', '/v1/openapi.json')).body as {
        paths: Record<string, Record<string, { security?: object[] }>>;
      };
      operations = Object.entries(paths).flatMap(([path, methods]) =>
        Object.entries(methods).map(([method, { security }]) => ({
          method: method.toUpperCase(),
          path,
          secured: security !== undefined,
        })),
      );
      const token = at.owner.tokens.accessToken;
      await at.ask('PUT', '/v1/consent', { token, body: consentOf(at.policy, 'Owner') });
      team = (await at.ask('POST', '/v1/teams', { token, body: { name: 'Crew' } })).body.id;
      people.member = await at.join('Member', {}, await at.invite({ team }));
      people.other = await at.join('Other');
      people.late = await at.join('Late');
      people.admin = await at.join('Admin', {}, await at.invite({ role: 'admin' }));
      people.erased = await at.join('Erased');
      await at.ask('DELETE', '/v1/me', { token: people.erased.tokens.accessToken });
      await at.ask('DELETE', '/v1/consent', { token: people.late.tokens.accessToken });
    });
    after(() => at.end());

    const tokenOf = (who: Who): string | undefined => {
      if (who === 'nobody') return undefined;
      const member = {
        expired: people.member,
        erased: people.erased,
        'other team': people.other,
        member: people.member,
        'not agreed': people.late,
        admin: people.admin,
        owner: at.owner,
      }[who];
      return member.tokens.accessToken;
    };

    /** Asks with a body that says nothing: who may not, is told so before anything is looked at. */
    const attempt = async ({ method, path }: Operation, who: Who): Promise<Answer> => {
      const filled = path.replace('{id}', path.includes('/teams/') ? String(team) : '0').replace('{member}', '1');
      const body = method === 'GET' || method === 'DELETE' ? undefined : { nonsense: true };
      if (who === 'expired') at.clock.now += 3_600_000;
      try {
        return await at.ask(method, filled, { token: tokenOf(who), body });
      } finally {
        if (who === 'expired') at.clock.now -= 3_600_000;
      }
    };

    it('knows every route that there is', () => {
      const known = [...forEveryone, ...forMembers, ...forThoseWhoAgreed, ...forTeamOwners, ...forAdmins, ...forOwners];
      assert.deepEqual(operations.map(({ method, path }) => `${method} ${path}`).sort(), known.sort());
    });

    it('asks for a token everywhere but where anyone may', async () => {
      for (const operation of operations) {
        const open = forEveryone.includes(`${operation.method} ${operation.path}`);
        assert.equal(operation.secured, !open, operation.path);
        if (open) continue;
        const where = `${operation.method} ${operation.path}`;
        for (const [who, status, code] of [
          ['nobody', 401, 'token_missing'],
          ['expired', 401, 'token_expired'],
          ['erased', 410, 'member_erased'],
        ] as const) {
          const { status: got, body } = await attempt(operation, who);
          assert.deepEqual([got, body.code], [status, code], `${where} for ${who}`);
        }
      }
    });

    it('asks for agreement to the policy wherever others are concerned', async () => {
      for (const operation of operations.filter(({ method, path }) =>
        forThoseWhoAgreed.includes(`${method} ${path}`),
      )) {
        const { status, body } = await attempt(operation, 'not agreed');
        assert.deepEqual([status, body.code], [403, 'consent_required'], operation.path);
      }
    });

    it('hides what belongs to another team, and what may not be run', async () => {
      const order = { team, role: 'member', teamRole: 'member', uses: 1, days: 1 };
      const bodies: Record<string, unknown> = {
        'PATCH /v1/teams/{id}': { name: 'Mine' },
        'PUT /v1/teams/{id}/members/{member}': { role: 'owner' },
        'POST /v1/invites': order,
      };
      for (const name of forTeamOwners) {
        const [method = '', path = ''] = name.split(' ');
        const filled = path.replace('{id}', String(team)).replace('{member}', '1');
        for (const who of ['other team', 'member'] as const) {
          const { status, body } = await at.ask(method, filled, { token: tokenOf(who), body: bodies[name] });
          assert.deepEqual([status, body?.code], [404, 'not_found'], `${name} for ${who}`);
        }
      }
      const board = await at.ask('GET', `/v1/boards/${team}`, { token: tokenOf('other team') });
      assert.deepEqual([board.status, board.body.code], [404, 'not_found']);
      assert.equal((await at.ask('GET', `/v1/boards/${team}`, { token: tokenOf('member') })).status, 200);
    });

    it('keeps running the organisation to admins and owners', async () => {
      const named = (names: readonly string[]) =>
        operations.filter(({ method, path }) => names.includes(`${method} ${path}`));
      for (const operation of named([...forAdmins, ...forOwners])) {
        const { status, body } = await attempt(operation, 'member');
        assert.deepEqual([status, body.code], [403, 'not_allowed'], operation.path);
      }
      for (const operation of named(forOwners)) {
        const { status, body } = await attempt(operation, 'admin');
        assert.deepEqual([status, body.code], [403, 'not_allowed'], operation.path);
      }
    });

    it('lets no admin make owners, nor oneself one', async () => {
      const token = people.admin.tokens.accessToken;
      const order = { team: null, role: 'owner', teamRole: 'member', uses: 1, days: 1 };
      assert.equal((await at.ask('POST', '/v1/invites', { token, body: order })).status, 403);
      const change = { role: 'owner', reason: 'I would like to' };
      const self = await at.ask('PATCH', `/v1/admin/members/${people.admin.id}`, { token, body: change });
      assert.equal(self.status, 403);
    });

    it('believes no made-up token', async () => {
      for (const made of ['', 'x', randomBytes(32).toString('base64url'), `${people.member.tokens.accessToken}x`]) {
        const { status, body } = await at.ask('GET', '/v1/me', { token: made });
        assert.equal(status, 401);
        assert.ok(['token_invalid', 'token_missing'].includes(body.code));
      }
      const refresh = await at.ask('GET', '/v1/me', { token: people.member.tokens.refreshToken });
      assert.equal(refresh.status, 401);
    });

    it('revokes a whole family within a second when a refresh token is used twice', async () => {
      const victim = await at.join('Victim');
      const body = { refreshToken: victim.tokens.refreshToken };
      const next = await at.ask('POST', '/v1/auth/refresh', { body });
      assert.equal((await at.ask('GET', '/v1/me', { token: next.body.accessToken })).status, 200);
      const again = await at.ask('POST', '/v1/auth/refresh', { body });
      assert.deepEqual([again.status, again.body.code], [401, 'token_reused']);
      at.clock.now += 1000;
      assert.equal((await at.ask('GET', '/v1/me', { token: next.body.accessToken })).status, 401);
      assert.equal(
        (await at.ask('POST', '/v1/auth/refresh', { body: { refreshToken: next.body.refreshToken } })).status,
        401,
      );
    });

    it('lets one of 50 use an invite that is for one', async () => {
      const invite = await at.invite();
      const joined = await Promise.allSettled(Array.from({ length: 50 }, (_, i) => at.join(`Racer ${i}`, {}, invite)));
      const won = joined.filter(({ status }) => status === 'fulfilled');
      assert.equal(won.length, 1);
    });
  });

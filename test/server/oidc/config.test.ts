import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Claims, isLacking, roleOf, verdictOn } from '../../../src/server/oidc/rules.ts';
import { sealOf } from '../../../src/server/oidc/seal.ts';
import { readServeConfig } from '../../../src/server/run/config.ts';
import { done, newFolder, serve } from '../run/command.ts';

const read = (typed: readonly string[], env = {}) =>
  readServeConfig(typed, { defaultData: '/d', version: '1', env }).oidc;
const least = ['--oidc-issuer', 'https://login.example.org', '--oidc-client-id', 'board'];

describe('the configuration of the sign-in', function () {
  this.timeout(60_000);
  it('is none without an issuer, and whole by flags or by variables', () => {
    assert.equal(read([]), undefined);
    const file = join(newFolder(), 'secret');
    writeFileSync(file, ' s3cret\n');
    const flags = ['--oidc-client-secret-file', file, '--oidc-email-domain', '@Example.org', '--oidc-group', 'a,b'];
    const byFlags = read([...least, ...flags, '--oidc-grace-hours', '24', '--oidc-parameters', 'prompt=consent&x=1']);
    assert.deepEqual(byFlags, {
      issuer: 'https://login.example.org',
      clientId: 'board',
      clientSecret: 's3cret',
      emailDomains: ['example.org'],
      groupClaim: 'groups',
      groups: ['a,b'],
      adminGroup: undefined,
      scope: undefined,
      parameters: { prompt: 'consent', x: '1' },
      recheckMs: 600_000,
      graceMs: 86_400_000,
      absenceMs: 7 * 86_400_000,
    });
    const byVariables = read([], {
      TOKENBOARD_OIDC_ISSUER: 'https://login.example.org',
      TOKENBOARD_OIDC_CLIENT_ID: 'board',
      TOKENBOARD_OIDC_CLIENT_SECRET: 's3cret',
      TOKENBOARD_OIDC_EMAIL_DOMAINS: 'example.org, example.com',
      TOKENBOARD_OIDC_GROUPS: 'a,b; c',
    });
    assert.deepEqual(
      [byVariables?.clientSecret, byVariables?.emailDomains, byVariables?.groups],
      ['s3cret', ['example.org', 'example.com'], ['a,b', 'c']],
    );
  });

  it('says what is wrong, and never what is secret', () => {
    const domain = ['--oidc-email-domain', 'example.org'];
    const cases: readonly (readonly [typed: readonly string[], said: RegExp])[] = [
      [least, /who may join: --oidc-email-domain/],
      [['--oidc-group', 'a'], /--oidc-group needs --oidc-issuer/],
      [[...least.slice(0, 2), ...domain], /--oidc-client-id is missing/],
      [[...least, '--oidc-email-domain', 'example'], /--oidc-email-domain is a domain/],
      [['--oidc-issuer', 'http://login.example.org', ...least.slice(2), ...domain], /must be https/],
      [['--oidc-issuer', 'login', ...least.slice(2), ...domain], /is an address/],
      [['--oidc-issuer', 'https://a/?b', ...least.slice(2), ...domain], /no query/],
      [
        ['--oidc-issuer', 'https://login.microsoftonline.com/common/v2.0', ...least.slice(2), '--oidc-everyone'],
        /your own tenant/,
      ],
      [['--oidc-issuer', 'https://accounts.google.com', ...least.slice(2), '--oidc-everyone'], /Google account/],
      [[...least, ...domain, '--oidc-parameters', 'state=mine'], /cannot set state/],
      [[...least, ...domain, '--oidc-scope', 'email'], /must have openid/],
      [[...least, ...domain, '--oidc-absence-days', '31'], /from 0 to 30/],
      [[...least, ...domain, '--oidc-client-secret-file', '/nowhere/at/all'], /cannot be read: ENOENT/],
      [[...least, ...domain, '--oidc-group', '  ', '--oidc-issuer', ''], /--oidc-issuer is empty/],
    ];
    for (const [typed, said] of cases) assert.throws(() => read(typed), said, typed.join(' '));
  });

  it('lets the published command serve, also while the provider is down', async () => {
    const issuer = ['--oidc-issuer', 'http://127.0.0.1:9', '--oidc-client-id', 'board', '--oidc-everyone'];
    const server = await serve(['--data', newFolder(), ...issuer]);
    try {
      const meta = await (await fetch(`${server.address}/v1/meta`)).text();
      assert.match(meta, /"signIn":true/);
      const page = await fetch(`${server.address}/v1/auth/oidc/start?kind=web`, { redirect: 'manual' });
      assert.equal(page.status, 503);
      assert.match(server.out(), /the provider of the sign-in cannot be reached/);
    } finally {
      server.kill('SIGTERM');
      assert.equal(await server.ended, 0);
    }
  });

  it('ends the command with 2 and a sentence', async () => {
    const run = await done(['serve', '--data', newFolder(), ...least]);
    assert.deepEqual([run.code, /Say who may join/.test(run.err)], [2, true], run.err);
  });
});

describe('the rules of who may be on a board', () => {
  const rules = {
    emailDomains: ['example.org'],
    groupClaim: 'realm_access.roles',
    groups: ['in'],
    adminGroup: 'admin',
  };
  const claims = (more: Claims = {}): Claims => ({
    email: 'A@Example.ORG',
    email_verified: true,
    realm_access: { roles: ['in'] },
    ...more,
  });

  it('wants each of the rules that there are', () => {
    const cases: readonly (readonly [Claims, string])[] = [
      [claims(), 'in'],
      [claims({ email_verified: 'true' }), 'in'],
      [claims({ email_verified: false }), 'out'],
      [claims({ email_verified: 'false' }), 'out'],
      [claims({ email_verified: 1 }), 'out'],
      [claims({ email_verified: undefined }), 'unclear'],
      [claims({ email: undefined }), 'unclear'],
      [claims({ email: 'a@example.org.evil.example' }), 'out'],
      [claims({ realm_access: { roles: ['IN', 'admin'] } }), 'out'],
      [claims({ realm_access: { roles: 'in' } }), 'in'],
      [claims({ realm_access: undefined }), 'unclear'],
      [claims({ realm_access: { roles: [] } }), 'out'],
      [claims({ 'realm_access.roles': ['in'], realm_access: undefined }), 'in'],
      [claims({ email: 'a@evil.example', realm_access: undefined }), 'out'],
    ];
    for (const [told, verdict] of cases) assert.equal(verdictOn(told, rules), verdict, JSON.stringify(told));
  });

  it('makes admins by their group alone, and asks for more where something is lacking', () => {
    assert.equal(roleOf(claims(), rules), 'member');
    assert.equal(roleOf(claims({ realm_access: { roles: ['in', 'admin'] } }), rules), 'admin');
    assert.equal(roleOf(claims({ realm_access: undefined }), rules), undefined);
    assert.equal(roleOf(claims(), { ...rules, adminGroup: undefined }), undefined);
    assert.deepEqual(
      [isLacking(claims(), rules), isLacking(claims({ email_verified: undefined }), rules)],
      [false, true],
    );
  });
});

describe('what is sealed', () => {
  it('opens with its key and for its purpose alone, and is never twice the same', () => {
    const seal = sealOf(randomBytes(32));
    const sealed = seal.seal('a', 'text');
    assert.notEqual(sealed, seal.seal('a', 'text'));
    const broken = `${sealed.slice(0, -2)}${sealed.endsWith('AA') ? 'BB' : 'AA'}`;
    const opened = [seal.open('a', sealed), seal.open('b', sealed), seal.open('a', broken), seal.open('a', 'x')];
    assert.deepEqual(opened, ['text', undefined, undefined, undefined]);
    assert.equal(sealOf(randomBytes(32)).open('a', sealed), undefined);
    assert.equal(seal.subjectOf('i', 's'), seal.subjectOf('i', 's'));
    assert.notEqual(seal.subjectOf('i', 's'), seal.subjectOf('is', ''));
  });
});

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cleanName } from '../../../src/server/http/member-name.ts';
import { newPolicy } from '../../../src/server/policy/new-policy.ts';
import { readServeConfig } from '../../../src/server/run/config.ts';
import { erasureList } from '../../../src/server/run/erasure-list.ts';
import { serverKey } from '../../../src/server/run/server-key.ts';
import type { PolicyDraft } from '../../../src/team/protocol/policy.ts';
import { newFolder } from './command.ts';

const read = (typed: readonly string[], env = {}) => readServeConfig(typed, { defaultData: '/d', version: '1', env });

const draft: PolicyDraft = {
  purpose: 'Learn\n\nNobody reads on.',
  organisation: ' Acme\u202e ',
  contact: ' ',
  worksAgreement: null,
  usedForPay: false,
  cadence: 'daily',
  k: 7,
  topN: 100,
  quiet: false,
  metrics: ['fresh'],
  defaultMetric: 'fresh',
  budget: null,
};

describe('the configuration of the backend', () => {
  it('has defaults for everything, and a flag wins over the environment', () => {
    assert.deepEqual(read([]), {
      port: 4127,
      host: '127.0.0.1',
      healthPort: undefined,
      publicUrl: undefined,
      data: join('/d', 'server'),
      databaseUrl: undefined,
      trustedProxies: [],
      logLevel: 'info',
    });
    assert.equal(read(['--port', '1'], { TOKENBOARD_PORT: '2' }).port, 1);
    assert.equal(read([], { TOKENBOARD_PORT: '2', TOKENBOARD_HOST: '' }).port, 2);
    assert.deepEqual(read([], { TOKENBOARD_TRUST_PROXY: '10.0.0.0/8, ::1,loopback' }).trustedProxies, [
      '10.0.0.0/8',
      '::1',
      'loopback',
    ]);
    assert.equal(read(['--public-url', 'http://[::1]:80/']).publicUrl, 'http://[::1]');
    for (const wrong of ['10.0.0.0/33', '1.2.3', '::1/129', '10.0.0.0/8/8', '10.0.0.0/x']) {
      assert.throws(() => read(['--trust-proxy', wrong]), /--trust-proxy/, wrong);
    }
    assert.throws(() => read(['--prot', '1']), /^Error: there is no flag --prot; see tokenboard serve --help\.$/);
    assert.throws(() => read(['--oidc-everyone=yes']), /^Error: --oidc-everyone takes no value\.$/);
    assert.throws(() => read(['now']), /^Error: 'tokenboard serve' takes only flags, not 'now'\.$/);
    const secret = 'postgres://me:pass word@[bad';
    assert.throws(
      () => read(['--database-url', secret]),
      (error: Error) => !error.message.includes('pass word'),
    );
  });

  it('keeps one key, however many start at once', () => {
    const data = newFolder();
    assert.deepEqual(serverKey(data, {}), serverKey(data, {}));
    assert.equal(serverKey(data, {}).length, 32);
  });
});

describe('the words of a policy', () => {
  it("hold the owner's in one line each, and change their hash with any of them", () => {
    const policy = newPolicy(draft, 3, 0);
    assert.match(policy.text, /^Acme runs this board\. Its purpose: Learn Nobody reads on\.\n\n/);
    assert.deepEqual([policy.contact, policy.version, policy.namedBoards], [null, 3, true]);
    assert.match(policy.text, /at least 7 people/);
    assert.notEqual(newPolicy({ ...draft, topN: 99 }, 3, 0).sha256, policy.sha256);
  });

  it('say in plain words what a fast board, pay and quiet mode mean', () => {
    const words = (changes: Partial<PolicyDraft>) => newPolicy({ ...draft, ...changes }, 1, 0);
    assert.match(words({ cadence: 'live' }).text, /Others can see when someone works/);
    for (const usedForPay of [true, null]) {
      assert.equal(words({ usedForPay }).namedBoards, false);
      assert.match(words({ usedForPay }).text, /nobody is listed by name/);
    }
    assert.match(words({ quiet: true }).text, /Nobody sees another person/);
  });
});

describe('names of people', () => {
  it('show what they are: nothing that cannot be seen, nothing that turns round what stands beside', () => {
    for (const [name, clean] of [
      ['  Ada   Lovelace ', 'Ada Lovelace'],
      ['Ada\u200b\u2060\ufeff', 'Ada'],
      ['\u202eadA', 'adA'],
      ['Ａｄａ', 'Ada'],
      ['Ada\tL\nB', 'Ada L B'],
      ['x'.repeat(60), 'x'.repeat(40)],
      ['Ада 👩', 'Ада 👩'],
      ['\u3164', undefined],
      ['\u2800\u200d', undefined],
      ['\u0301', undefined],
    ] as const) {
      assert.equal(cleanName(name), clean);
    }
  });
});

describe('the list of those who were erased', () => {
  it('knows them by a hash that only its key makes, is written before it answers, and is read again', async () => {
    const file = join(newFolder(), 'deep', 'erased');
    const key = randomBytes(32);
    const list = erasureList(file, key);
    assert.equal(list.empty, true);
    await list.add([123_456_789, 5]);
    await list.add([5]);
    const text = readFileSync(file, 'utf8');
    // Noted again, since another process may have taken the first note back.
    assert.equal(text.trim().split('\n').length, 3);
    assert.ok(!text.includes('123456789'));
    const again = erasureList(file, key);
    assert.deepEqual([again.has(5), again.has(6), again.empty], [true, false, false]);
    assert.equal(erasureList(file, randomBytes(32)).has(5), false);
    writeFileSync(file, `${text}half a li`);
    const torn = erasureList(file, key);
    assert.equal(torn.has(123_456_789), true);
    await torn.add([7]);
    assert.equal(erasureList(file, key).has(7), true, 'a line that was broken off takes no other with it');
  });
});

import assert from 'node:assert/strict';
import { loadPrices } from '../../src/pricing/price-list.ts';
import { folderTest } from '../../src/team/folder-globs.ts';
import { deviceLink, isSafeOrigin, readInvitation } from '../../src/team/link.ts';
import { machinePolicyFile } from '../../src/team/machine-policy.ts';
import { isPublicName } from '../../src/team/public-model.ts';

describe('a folder that is left out', () => {
  const cases: readonly (readonly [glob: string, folder: string, fits: boolean])[] = [
    ['~/clients', '/home/me/clients', true],
    ['~/clients', '/home/me/clients/acme/app', true],
    ['~/clients', '/home/me/clients-old', false],
    ['~/clients/**', '/home/me/clients/acme', true],
    ['~/clients/**', '/home/me/clients', true],
    ['~/clients/', '/home/me/clients/x', true],
    ['/home/*/clients/?cme', '/home/you/clients/acme/app', true],
    ['/home/*/clients', '/home/you/more/clients', false],
    ['**/acme/*', '/srv/a/b/acme/app', true],
    ['clients/acme', '/home/me/clients/acme/app', true],
    ['**', '/anywhere', true],
    ['acme', '/srv/acme/app', true],
    ['acme', '/srv/acme2/app', false],
    ['*-side', '/home/me/game-side', true],
    ['a.b', '/home/me/axb', false],
    ['a+(b)', '/home/me/a+(b)', true],
    ['', '/home/me', false],
    ['~/x', '', false],
  ];
  for (const [glob, folder, fits] of cases) {
    it(`'${glob}' ${fits ? 'holds' : 'does not hold'} '${folder}'`, () => {
      assert.equal(folderTest([glob], { home: '/home/me', platform: 'linux' })(folder), fits);
    });
  }

  it('is found whatever the case and slashes are where the system does not tell them', () => {
    const test = folderTest(['~\\Clients\\*'], { home: 'C:\\Users\\Me', platform: 'win32' });
    assert.equal(test('c:\\users\\me\\clients\\acme\\app'), true);
  });
});

describe('a model’s name', () => {
  const secret = ['gemini-2.5-pro-acme', 'deepseek-chat-acme', 'gpt-5-projectx-corp', 'claude-opus-4-5-bank'];
  for (const name of secret) it(`'${name}' is not public`, () => assert.equal(isPublicName(name), false));

  it('is public where vendors name their models so, and known to the price list', async () => {
    const prices = await loadPrices();
    const names =
      `gpt-5 gpt-5-codex gpt-5.1-codex-mini gpt-4o gpt-4o-mini gpt-4.1 o3 o4-mini claude-opus-4-5 claude-sonnet-4-5
      claude-haiku-4-5 claude-3-5-haiku claude-3-7-sonnet gemini-2.5-pro gemini-2.5-flash gemini-2.5-flash-lite gemini-3-pro-preview
      grok-4 grok-code-fast-1 deepseek-chat deepseek-reasoner`.split(/\s+/);
    const known = names.filter((name) => prices.ratesOf({ model: name, time: Date.parse('2026-11-20') }) !== undefined);
    assert.ok(known.length > 12);
    assert.deepEqual(
      names.filter((name) => !isPublicName(name)),
      [],
    );
  });
});

describe('a link', () => {
  it('comes back as it was made', () => {
    const secret = 'A-_z'.repeat(11).slice(0, 43);
    const read = readInvitation(deviceLink('https://board.example.org', secret, true));
    assert.deepEqual(read, { kind: 'device', origin: 'https://board.example.org', secret, models: true });
  });

  it('leads over plain http to this machine alone', () => {
    for (const origin of ['http://localhost:4127', 'http://127.0.0.1', 'http://[::1]:1', 'https://x.org']) {
      assert.equal(isSafeOrigin(origin), true, origin);
    }
    for (const origin of [
      'http://x.org',
      'http://127.0.0.1.evil.org',
      'http://localhost.evil.org',
      'ftp://127.0.0.1',
    ]) {
      assert.equal(isSafeOrigin(origin), false, origin);
    }
  });
});

describe('the machine’s policy', () => {
  it('lies where only an administrator can write', () => {
    assert.deepEqual(
      [
        machinePolicyFile('linux', {}),
        machinePolicyFile('darwin', {}),
        machinePolicyFile('win32', { ProgramData: 'D:\\Data' }),
      ],
      [
        '/etc/tokenboard/policy.json',
        '/Library/Application Support/Tokenboard/policy.json',
        'D:\\Data\\Tokenboard\\policy.json',
      ],
    );
  });
});

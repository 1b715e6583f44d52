import assert from 'node:assert/strict';
import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join as joinPath } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cell } from '../http/world.ts';
import { done, newFolder, type Server, serve } from './command.ts';
import { ask, type Client, join, sync } from './member.ts';

const today = (): string => new Date().toISOString().slice(0, 10);

describe('tokenboard admin', function () {
  this.timeout(60_000);
  let data: string;
  let server: Server;
  let owner: Client;
  let member: Client;

  const admin = (...args: string[]) => done(['admin', ...args, '--data', data]);
  const well = async (...args: string[]): Promise<string> => {
    const { code, out, err } = await admin(...args);
    assert.equal(code, 0, err);
    return out;
  };
  const invited = async (...args: string[]) => (await well('invite', ...args)).trim().split('#')[1] ?? '';
  const restarted = async (): Promise<void> => {
    server = await serve(['--data', data]);
  };
  const stopped = async (): Promise<void> => {
    server.kill('SIGTERM');
    await server.ended;
  };

  before(async () => {
    data = newFolder();
    await restarted();
    owner = await join(server.address, server.secret ?? '', 'Owner');
  });
  after(stopped);

  it('makes no invite before the purpose is stated, then states it and says the words', async () => {
    const early = await admin('invite');
    assert.deepEqual([early.code, /only after the purpose is stated/.test(early.err)], [1, true], early.err);
    assert.match(await well('policy'), /No policy is stated yet/);
    const bare = await admin('policy', '--cadence', 'daily');
    assert.deepEqual([bare.code, /needs --purpose and --organisation/.test(bare.err)], [2, true], bare.err);
    const words = await well(
      'policy',
      '--organisation',
      'Acme',
      '--purpose',
      'Learn',
      '--used-for-pay',
      'no',
      '--quiet',
    );
    assert.match(words, /Acme runs this board\. Its purpose: Learn[\s\S]*Nobody sees another person[\s\S]*Version 1/);
    assert.match(
      await well('policy', '--no-quiet'),
      /Members see the first 250[\s\S]*Version 2\. Everyone is asked again/,
    );
    assert.match(await well('policy'), /Acme runs this board/);
  });

  it('says what is wrong with a flag, and ends with 2', async () => {
    for (const [args, sentence] of [
      [['policy', '--k', '4'], /--k is a whole number from 5/],
      [['policy', '--top', '251'], /--top is a whole number from 1 to 250/],
      [['policy', '--cadence', 'weekly'], /--cadence is one of daily, hourly, live/],
      [['policy', '--metrics', 'fresh,lines'], /--metrics is a list of/],
      [['policy', '--used-for-pay', 'maybe'], /--used-for-pay is one of yes, no/],
      [['policy', '--purpose', '\u200b '], /The purpose shows nothing/],
      [['invite', '--days', '15'], /days is a whole number from 1 to 14/],
      [['invite', '--role', 'king'], /--role is one of owner, admin, member/],
      [['invite', '--purpose', 'x'], /'admin invite' takes no --purpose/],
      [['members', 'all'], /does not know what to do with 'all'/],
      [['remove', 'me'], /member is a whole number/],
      [['close'], /--notice is what everyone reads/],
      [['erase'], /say so with --yes/],
      [['restore', 'x'], /say so with --yes/],
      [['dance'], /there is no 'admin dance'/],
      [['members', '--al'], /^tokenboard: there is no flag --al; see tokenboard admin --help\.\n$/],
      [['invite', '--days'], /^tokenboard: --days needs a value\.\n$/],
      [['invite', '--role', '--days'], /^tokenboard: --role needs a value\.\n$/],
    ] as const) {
      const { code, err } = await admin(...args);
      assert.match(err, sentence);
      assert.equal(code, 2, err);
    }
    const none = await done(['admin', 'members', '--data', joinPath(newFolder(), 'typo')]);
    assert.deepEqual([none.code, /There is no board here yet/.test(none.err)], [1, true]);
  });

  it('makes invites that work, lists them, and lists members without what they use', async () => {
    member = await join(server.address, await invited('--uses', '2', '--days', '3'), 'Somebody');
    const answer = await sync(server.address, member, [cell({ day: today(), in: 123_456_789 })]);
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    assert.match(await well('invites'), /member {2}used 1 of 2 {2}until /);
    const list = await well('members');
    assert.match(list, new RegExp(`${member.id} {2}member {2}since .* takes part {2}Somebody`));
    assert.doesNotMatch(list, /123,?456|123M/);
  });

  it('takes back an invite by its id', async () => {
    const ids = async () => (await well('invites')).match(/^\d+/gm) ?? [];
    const before: readonly string[] = await ids();
    const secret = await invited();
    const id = (await ids()).find((one) => !before.includes(one)) ?? '';
    assert.equal(await well('revoke', id), `Invite ${id} is revoked.\n`);
    assert.deepEqual(await ids(), before);
    await assert.rejects(join(server.address, secret, 'Late'));
    const again = await admin('revoke', id);
    assert.deepEqual([again.code, again.err], [1, `tokenboard: There is no invite ${id} that holds.\n`]);
  });

  it('says where an invite leads as long as nobody has said where the board is', async () => {
    const silent = await admin('invite');
    assert.match(silent.out, /^http:\/\/127\.0\.0\.1:4127\/join#\S+\n$/);
    assert.match(silent.err, /^The link leads to http:\/\/127\.0\.0\.1:4127\. .* --public-url\.\n$/);
    const told = await admin('invite', '--public-url', server.address);
    assert.deepEqual([told.out.split('/join')[0], told.err], [server.address, '']);
    assert.ok(server.err().includes(`link once in a browser`));
    await stopped();
    await restarted();
    assert.ok(server.err().includes(`Invites: tokenboard admin invite --public-url ${server.address}\n`), server.err());
  });

  it('prints the audit as lines of JSON, newest first, by ids alone', async () => {
    const entries = (await well('audit'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const times = entries.map(({ at }) => Date.parse(at));
    assert.deepEqual(
      times,
      [...times].sort((a, b) => b - a),
    );
    const joining = entries.find(({ action, subject }) => action === 'member.join' && subject === member.id);
    assert.deepEqual([joining?.actor, joining?.role], [member.id, 'member']);
    assert.equal(entries.filter(({ action }) => action === 'policy.change').length, 2);
    assert.doesNotMatch(JSON.stringify(entries), /Somebody/);
  });

  it('backs up; who is erased afterwards stays so when the copy is restored', async () => {
    const leaver = await join(server.address, await invited(), 'Leaver');
    const copy = joinPath(newFolder(), 'copy.db');
    await well('backup', copy);
    assert.equal(statSync(copy).mode & 0o077, 0);
    assert.equal((await admin('backup', copy)).code, 1, 'nothing is overwritten');
    const nowhere = await admin('backup', joinPath(data, 'nowhere', 'copy.db'));
    assert.deepEqual([nowhere.code, /There is no folder .*nowhere\.\n$/.test(nowhere.err)], [1, true], nowhere.err);
    assert.equal((await ask(server.address, '/v1/me', { method: 'DELETE', token: leaver.token })).status, 204);
    const removed = await join(server.address, await invited(), 'Removed');
    await well('remove', String(removed.id));
    const inUse = await admin('restore', copy, '--yes');
    assert.deepEqual([inUse.code, /stop the server first/.test(inUse.err)], [1, true], inUse.err);
    await stopped();
    const junk = joinPath(newFolder(), 'junk');
    writeFileSync(junk, 'not a database');
    assert.equal((await admin('restore', junk, '--yes')).code, 1);
    writeFileSync(joinPath(data, 'board.db'), 'what a broken disk has left of it');
    const told = await well('restore', copy, '--yes');
    assert.match(told, /What was there is kept as/);
    await restarted();
    // The log is in a pipe of its own, and may come after what was said at the start.
    while (!/members of a restored backup were erased again/.test(server.out())) await sleep(20);
    const list = await well('members');
    assert.doesNotMatch(list, /Leaver/);
    assert.match(list, /Somebody/);
    assert.ok(existsSync(joinPath(data, 'erased')));
  });

  it('closes all boards with a notice, opens them, and erases everybody', async () => {
    await well('close', '--notice', 'It did more harm than good.');
    assert.equal((await ask(server.address, '/v1/meta')).body.closed, 'It did more harm than good.');
    await well('open');
    assert.equal((await ask(server.address, '/v1/meta')).body.closed, null);
    await well('erase', '--yes');
    assert.equal(await well('members'), '');
    await new Promise((resolve) => setTimeout(resolve, 1100));
    assert.equal((await ask(server.address, '/v1/me', { token: owner.token })).status, 410);
  });
});

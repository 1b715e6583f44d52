import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import {
  anotherDevice,
  cell,
  consent,
  dayMs,
  founded,
  hash,
  invited,
  joined,
  now,
  operator,
  type Person,
  sync,
  tokens,
} from './people.ts';
import { onBothStores } from './stores.ts';

onBothStores('invites and tokens', (at) => {
  let owner: Person;
  before(async () => {
    assert.equal(await at.store.organisation({}), null);
    owner = await founded(at.store);
  });

  const attempt = (invite: string, given = consent() as ReturnType<typeof consent> | null, time = now) =>
    at.store.join({ invite, deviceKey: hash(), client: 'editor', consent: given, tokens: tokens(), now: time });
  const memberCount = async (): Promise<number> =>
    (await at.store.members({ org: owner.org, after: 0, limit: 10_000 })).length;

  it('begin with a set-up link that makes an owner, once', async () => {
    const found = await at.store.organisation({});
    assert.deepEqual([found?.org, found?.owned, found?.policy?.version], [owner.org, true, 1]);
    assert.equal((await at.store.member(owner))?.role, 'owner');
    const late = hash();
    const again = await at.store.createOrganisation({ setUpInvite: late, expiresAt: now + dayMs, now });
    assert.equal(again.org, owner.org);
    assert.deepEqual(await attempt(late), { outcome: 'invalid' });
  });

  it('let one of 50 in who accept a single-use invite at once', async () => {
    const invite = await invited(at.store, owner.org);
    const before = await memberCount();
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => attempt(invite)));
    const counted = outcomes.map(({ outcome }) => outcome).sort();
    assert.deepEqual(counted, ['joined', ...Array(49).fill('used')]);
    assert.equal(await memberCount(), before + 1);
    const [row] = await at.database.rows(`SELECT used, uses FROM invite WHERE hash = '${invite}'`);
    assert.deepEqual([Number(row?.used), Number(row?.uses)], [1, 1]);
  });

  describe('asked again by the same attempt', () => {
    const again = (
      invite: string,
      id: string,
      key: string,
      { at: time = now, given = consent() as ReturnType<typeof consent> | null, pair = tokens() } = {},
    ) => {
      const order = { invite, deviceKey: key, client: 'editor', consent: given, tokens: pair, attempt: id } as const;
      return at.store.join({ ...order, now: time });
    };

    it('give the same member new tokens in place of the first', async () => {
      const [invite, id, key] = [await invited(at.store, owner.org), hash(), hash()];
      const before = await memberCount();
      const [first, second] = [tokens(), tokens()];
      const joinedFirst = await again(invite, id, key, { pair: first });
      const given = consent({ visibility: 'aggregate' });
      const joinedAgain = await again(invite, id, key, { at: now + 600_000, given, pair: second });
      assert.equal(joinedFirst.outcome, 'joined');
      assert.deepEqual(joinedAgain, joinedFirst);
      assert.equal(await memberCount(), before + 1);
      assert.equal(await at.store.session({ access: first.access }), null);
      assert.deepEqual(await at.store.rotate({ refresh: first.refresh, tokens: tokens(), now }), {
        outcome: 'unknown',
      });
      const session = await at.store.session({ access: second.access });
      assert.ok(typeof session === 'object' && session !== null);
      assert.equal((await at.store.member(session))?.consent?.visibility, 'aggregate', 'as agreed to last');
      assert.equal((await at.store.member(session))?.devices.length, 1);
      assert.equal((await at.store.rotate({ refresh: second.refresh, tokens: tokens(), now })).outcome, 'rotated');
    });

    it('do so also when a sweep has taken the invite away, and no longer than an hour', async () => {
      const [invite, id, key] = [await invited(at.store, owner.org), hash(), hash()];
      const joinedFirst = await again(invite, id, key);
      await at.store.sweep({ org: owner.org, after: 0, limit: 10_000, now });
      assert.deepEqual(await again(invite, id, key, { at: now + 3_599_000 }), joinedFirst);
      assert.deepEqual(await again(invite, id, key, { at: now + 3_601_000 }), { outcome: 'used' });
    });

    it('are not for another device, another attempt, or whoever has not agreed to the policy of now', async () => {
      const [invite, id, key] = [await invited(at.store, owner.org), hash(), hash()];
      const kept = tokens();
      assert.equal((await again(invite, id, key, { pair: kept })).outcome, 'joined');
      assert.deepEqual(await again(invite, id, hash()), { outcome: 'used' });
      assert.deepEqual(await again(invite, hash(), key), { outcome: 'used' });
      const other = await again(invite, id, key, { given: consent({ version: 7 }) });
      assert.deepEqual(other, { outcome: 'policy_changed' });
      assert.notEqual(await at.store.session({ access: kept.access }), null, 'nothing has ended');
    });

    it('make one member of 50 that ask at once, and of an invite for many', async () => {
      for (const uses of [1, 50]) {
        const [invite, id, key] = [await invited(at.store, owner.org, {}, uses), hash(), hash()];
        const before = await memberCount();
        const pairs = Array.from({ length: 50 }, () => tokens());
        const outcomes = await Promise.all(pairs.map((pair) => again(invite, id, key, { pair })));
        assert.deepEqual(new Set(outcomes.map((one) => one.outcome)), new Set(['joined']));
        assert.equal(await memberCount(), before + 1);
        const held = await Promise.all(pairs.map(({ access }) => at.store.session({ access })));
        assert.equal(held.filter((one) => one !== null).length, 1, 'one pair holds');
        const [row] = await at.database.rows(`SELECT used FROM invite WHERE hash = '${invite}'`);
        assert.equal(Number(row?.used), 1);
      }
    });

    it('hold for a device’s code, too', async () => {
      const person = await joined(at.store, owner.org);
      const [code, id, key] = [hash(), hash(), hash()];
      const { org, member } = person;
      const by = { member, role: 'member' as const };
      const order = { org, hash: code, team: null, role: 'member', teamRole: 'member', member, by, uses: 1 } as const;
      await at.store.createInvite({ ...order, expiresAt: now + dayMs, now });
      const first = await again(code, id, key, { given: null });
      assert.deepEqual(await again(code, id, key, { given: null }), first);
      assert.equal((await at.store.member(person))?.devices.length, 2);
    });
  });

  it('let as many in as they have uses', async () => {
    const invite = await invited(at.store, owner.org, {}, 7);
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => attempt(invite)));
    assert.equal(outcomes.filter(({ outcome }) => outcome === 'joined').length, 7);
  });

  it('need the consent to the very policy of now, and time', async () => {
    const invite = await invited(at.store, owner.org);
    assert.deepEqual(await attempt(invite, null), { outcome: 'consent_required' });
    assert.deepEqual(await attempt(invite, consent({ version: 2 })), { outcome: 'policy_changed' });
    assert.deepEqual(await attempt(invite, consent({ sha256: hash() })), { outcome: 'policy_changed' });
    assert.deepEqual(await attempt(invite, consent(), now + dayMs), { outcome: 'expired' });
    assert.deepEqual(await attempt(hash()), { outcome: 'invalid' });
    assert.equal((await attempt(invite)).outcome, 'joined');
  });

  it('end with the right of who made them', async () => {
    const admin = await joined(at.store, owner.org, { role: 'admin' });
    const by = { member: admin.member, role: 'admin' as const };
    const order = { org: owner.org, team: null, teamRole: 'member', member: null, uses: 1, now } as const;
    const draft = { ...order, by, hash: hash(), expiresAt: now + dayMs };
    assert.equal(await at.store.createInvite({ ...draft, role: 'owner' }), 'not_allowed');
    assert.equal(typeof (await at.store.createInvite({ ...draft, role: 'member' })), 'object');
    await at.store.changeMember({
      org: owner.org,
      member: admin.member,
      role: 'member',
      by: operator,
      reason: 'x',
      now,
    });
    assert.deepEqual(await attempt(draft.hash), { outcome: 'invalid' });
  });

  it('can be revoked, and are listed while they hold', async () => {
    const invite = await invited(at.store, owner.org);
    const listed = await at.store.invites({ org: owner.org, team: null, now });
    const [row] = await at.database.rows(`SELECT invite FROM invite WHERE hash = '${invite}'`);
    const id = Number(row?.invite);
    assert.ok(listed.some((one) => one.id === id));
    assert.ok(await at.store.revokeInvite({ org: owner.org, invite: id, by: operator, now }));
    assert.deepEqual(await attempt(invite), { outcome: 'invalid' });
    assert.equal((await at.store.invites({ org: owner.org, team: null, now: now + dayMs })).length, 0);
  });

  it('add devices to a member, ten at most, a known one as itself', async () => {
    const person = await joined(at.store, owner.org);
    const key = hash();
    const second = await anotherDevice(at.store, person, key);
    assert.equal((await anotherDevice(at.store, person, key)).device, second.device);
    for (let devices = 2; devices < 10; devices++) await anotherDevice(at.store, person);
    await assert.rejects(anotherDevice(at.store, person), /too_many_devices/);
    assert.equal((await at.store.member(person))?.devices.length, 10);
  });

  it('tell whose an access token is', async () => {
    const person = await joined(at.store, owner.org, { role: 'admin' });
    const session = await at.store.session({ access: person.tokens.access });
    assert.ok(typeof session === 'object' && session !== null);
    const { family: _family, ...rest } = session;
    assert.deepEqual(rest, {
      org: owner.org,
      member: person.member,
      device: person.device,
      client: 'editor',
      role: 'admin',
      accessExpiresAt: person.tokens.accessExpiresAt,
      policyVersion: 1,
      consentVersion: 1,
      models: true,
      hidden: false,
      closed: null,
    });
    assert.equal(await at.store.session({ access: person.tokens.refresh }), null, 'a refresh token is none');
    assert.equal(await at.store.session({ access: hash() }), null);
    await at.store.revokeFamily({ org: owner.org, family: session.family });
    assert.equal(await at.store.session({ access: person.tokens.access }), null);
  });

  it('rotate, and a refresh token that comes again revokes its family alone', async () => {
    const person = await joined(at.store, owner.org);
    const sibling = tokens();
    assert.ok(await at.store.openFamily({ ...person, client: 'command', tokens: sibling, now }));
    const second = tokens();
    const rotated = await at.store.rotate({ refresh: person.tokens.refresh, tokens: second, now });
    assert.ok(rotated.outcome === 'rotated');
    assert.equal(rotated.session.member, person.member);
    assert.equal(
      await at.store.session({ access: person.tokens.access }),
      null,
      'the access token of before has ended',
    );
    const reused = await at.store.rotate({ refresh: person.tokens.refresh, tokens: tokens(), now });
    assert.deepEqual(reused, { outcome: 'reused' });
    assert.equal(await at.store.session({ access: second.access }), null);
    assert.deepEqual(await at.store.rotate({ refresh: second.refresh, tokens: tokens(), now }), { outcome: 'unknown' });
    assert.notEqual(await at.store.session({ access: sibling.access }), null);
    const actions = (await at.store.audit({ org: owner.org, before: null, limit: 5 })).map(({ action }) => action);
    assert.ok(actions.includes('token.reuse'));
  });

  it('rotate once when asked twice at a time', async () => {
    const person = await joined(at.store, owner.org);
    const outcomes = await Promise.all(
      [1, 2, 3, 4].map(() => at.store.rotate({ refresh: person.tokens.refresh, tokens: tokens(), now })),
    );
    assert.equal(outcomes.filter(({ outcome }) => outcome === 'rotated').length, 1);
    assert.deepEqual(await at.store.rotate({ refresh: hash(), tokens: tokens(), now }), { outcome: 'unknown' });
  });

  it('expire', async () => {
    const person = await joined(at.store, owner.org);
    const late = person.tokens.refreshExpiresAt;
    const outcome = await at.store.rotate({ refresh: person.tokens.refresh, tokens: tokens(), now: late });
    assert.deepEqual(outcome, { outcome: 'expired' });
  });

  it('leave with the device', async () => {
    const person = await joined(at.store, owner.org);
    const other = await anotherDevice(at.store, person);
    await sync(at.store, other, [cell()]);
    assert.ok(await at.store.removeDevice({ ...other, now }));
    assert.equal(await at.store.session({ access: other.tokens.access }), null);
    assert.notEqual(await at.store.session({ access: person.tokens.access }), null);
    assert.deepEqual(await at.store.usage(person), { days: [], models: [] });
    const stranger = await joined(at.store, owner.org);
    assert.equal(await at.store.removeDevice({ ...person, member: stranger.member, now }), false);
  });

  it('count acts in a window exactly, whoever asks', async () => {
    const subject = createHash('sha256').update('an address').digest('hex');
    const order = { name: 'join', subject, windowMs: 60_000, now };
    const counts = await Promise.all(Array.from({ length: 30 }, () => at.store.countRate(order)));
    assert.deepEqual(
      counts.map(({ count }) => count).sort((a, b) => a - b),
      Array.from({ length: 30 }, (_none, index) => index + 1),
    );
    assert.equal(counts[0]?.resetsAt, now + 60_000);
    assert.equal((await at.store.countRate({ ...order, now: now + 60_000 })).count, 1);
    assert.equal((await at.store.countRate({ ...order, subject: hash() })).count, 1);
  });

  it('keep no secret: what is stored are hashes', async () => {
    const [row] = await at.database.rows('SELECT hash FROM token');
    assert.match(String(row?.hash), /^[0-9a-f]{64}$/);
  });
});

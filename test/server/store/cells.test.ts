import assert from 'node:assert/strict';
import type { Cell } from '../../../src/team/protocol/sync.ts';
import { addDays } from '../../../src/usage/days.ts';
import {
  anotherDevice,
  cell,
  founded,
  joined,
  now,
  type Person,
  refreshed,
  statePolicy,
  sync,
  today,
} from './people.ts';
import { onBothStores } from './stores.ts';

onBothStores('cells', (at) => {
  let owner: Person;
  before(async () => {
    owner = await founded(at.store);
  });

  async function cellsOf(person: Person): Promise<readonly Cell[]> {
    const all = (await at.store.exportMember({ ...person, now }))?.cells ?? [];
    return all.map(({ device: _device, ...rest }) => rest);
  }
  const tokensOf = async (person: Person): Promise<number> =>
    (await at.store.usage(person)).days.reduce((sum, day) => sum + day.in + day.out + day.cr + day.cw, 0);

  it('are kept as they came', async () => {
    const person = await joined(at.store, owner.org);
    const cells = [cell(), cell({ tool: 'codex', model: 'gpt-5.2', usd: null, est: true })];
    const outcome = await sync(at.store, person, cells);
    assert.deepEqual(outcome, { outcome: 'applied', applied: 2, unchanged: 0, rejected: [], policyVersion: 1 });
    assert.deepEqual(await cellsOf(person), cells);
    const { days, models } = await at.store.usage(person);
    const sums = { in: 200, out: 100, cr: 2000, cw: 400, cw1: 40, rs: 20, req: 6 };
    assert.deepEqual(days, [{ day: '2026-11-19', ...sums, estTokens: 1350, usd: 1234, unpricedTokens: 1350 }]);
    assert.deepEqual(
      models.map(({ tool, model, in: input }) => [tool, model, input]),
      [
        ['claude-code', 'claude-opus-4-7', 100],
        ['codex', 'gpt-5.2', 100],
      ],
    );
  });

  it('keep the names of models, whatever is in them', async () => {
    const person = await joined(at.store, owner.org);
    const models = ['', ' a ', '"b"', 'c\\d\\', 'NULL', '{e,f}', 'g\n\t', 'ü€😀', "h'; --", 'i', 'I'];
    const cells = models.map((model) => cell({ model }));
    assert.equal((await sync(at.store, person, cells)).outcome, 'applied');
    const again = await sync(at.store, person, cells);
    assert.equal(again.outcome === 'applied' && again.unchanged, models.length);
    assert.deepEqual(new Set((await cellsOf(person)).map(({ model }) => model)), new Set(models));
  });

  it('that come again change nothing', async () => {
    const person = await joined(at.store, owner.org);
    await sync(at.store, person, [cell({ rev: 4 })]);
    const again = await sync(at.store, person, [cell({ rev: 4, in: 9 }), cell({ tool: 'codex' })]);
    assert.ok(again.outcome === 'applied');
    assert.deepEqual([again.applied, again.unchanged], [1, 1]);
    assert.equal((await cellsOf(person))[0]?.in, 100);
  });

  it('may come in any order, the highest revision holds', async () => {
    const person = await joined(at.store, owner.org);
    for (const rev of [2, 5, 3, 1, 4]) await sync(at.store, person, [cell({ rev, in: rev })]);
    assert.deepEqual(await cellsOf(person), [cell({ rev: 5, in: 5 })]);
  });

  it('of a higher revision may lower a total, and zeros remove it for good', async () => {
    const person = await joined(at.store, owner.org);
    await sync(at.store, person, [cell({ in: 1000 })]);
    await sync(at.store, person, [cell({ in: 10, rev: 2 })]);
    assert.equal(await tokensOf(person), 1260);
    const zeros = { in: 0, out: 0, cr: 0, cw: 0, cw1: 0, rs: 0, req: 0, usd: 0 };
    await sync(at.store, person, [cell({ ...zeros, rev: 3 })]);
    assert.deepEqual(await at.store.usage(person), { days: [], models: [] });
    await sync(at.store, person, [cell({ rev: 2 })]);
    assert.equal(await tokensOf(person), 0);
  });

  it('of several devices add up', async () => {
    const laptop = await joined(at.store, owner.org);
    const desktop = await anotherDevice(at.store, laptop);
    assert.equal(desktop.member, laptop.member);
    await sync(at.store, laptop, [cell({ in: 1000 })]);
    await sync(at.store, desktop, [cell({ in: 500 })]);
    const { days, models } = await at.store.usage(laptop);
    assert.deepEqual([days.map((day) => day.in), models.map((model) => model.in)], [[1500], [1500]]);
    const others = await at.store.usage({ ...laptop, except: laptop.device });
    assert.deepEqual([others.days.map((day) => day.in), others.models.map((model) => model.in)], [[500], [500]]);
  });

  it('are refused one by one, and the others taken', async () => {
    const person = await joined(at.store, owner.org);
    const outcome = await sync(at.store, person, [
      cell({ day: addDays(today, 1) }),
      cell({ day: addDays(today, -35) }),
      cell({ day: addDays(today, -36) }),
      cell({ day: '2026-11-31' }),
      cell({ cw1: 201 }),
      cell({ rs: 51 }),
      cell({ in: Number.MAX_SAFE_INTEGER }),
      cell({ day: today }),
      cell({ day: today, rev: 2 }),
    ]);
    assert.ok(outcome.outcome === 'applied');
    assert.equal(outcome.applied, 2);
    assert.deepEqual(
      outcome.rejected.map(({ i, code }) => `${i} ${code}`),
      [
        '0 day_out_of_range',
        '2 day_out_of_range',
        '3 day_out_of_range',
        '4 impossible_counts',
        '5 duplicate_cell',
        '6 duplicate_cell',
        '8 duplicate_cell',
      ],
    );
    const justBeforeMidnight = Date.parse(`${today}T23:55Z`);
    const early = await sync(at.store, person, [cell({ day: addDays(today, 1) })], justBeforeMidnight);
    assert.ok(early.outcome === 'applied');
    assert.equal(early.applied, 1, 'ten minutes of a fast clock are forgiven');
  });

  it('are at most 64 a device and day, but a known one may change', async () => {
    const person = await joined(at.store, owner.org);
    const many = Array.from({ length: 65 }, (_none, index) => cell({ model: `model-${index}` }));
    const outcome = await sync(at.store, person, many);
    assert.ok(outcome.outcome === 'applied');
    assert.deepEqual([outcome.applied, outcome.rejected], [64, [{ i: 64, code: 'too_many_cells' }]]);
    const known = await sync(at.store, person, [cell({ model: 'model-3', rev: 2 })]);
    assert.equal(known.outcome === 'applied' && known.applied, 1);
    const other = await sync(at.store, person, [cell({ model: 'model-64', day: '2026-11-18' })]);
    assert.equal(other.outcome === 'applied' && other.applied, 1);
  });

  it('of a day that nobody can have are refused, also in parts', async () => {
    const person = await joined(at.store, owner.org);
    const first = await sync(at.store, person, [cell({ in: 8e12 })]);
    assert.equal(first.outcome === 'applied' && first.applied, 1);
    const second = await sync(at.store, person, [cell({ tool: 'codex', in: 1e12 })]);
    assert.deepEqual(second.outcome === 'applied' && second.rejected, [{ i: 0, code: 'impossible_counts' }]);
    assert.equal((await at.store.member(person))?.flag?.reason, 'improbable_day', 'and one improbable is looked at');
  });

  it('add up to the token: 281 billion for one, 60 trillion for all', async () => {
    const most = await joined(at.store, owner.org);
    const days = Array.from({ length: 30 }, (_none, index) => addDays('2026-11-19', -index));
    await sync(
      at.store,
      most,
      days.map((day, index) =>
        cell({ day, in: 0, out: 0, cw: 0, cw1: 0, rs: 0, cr: 9_366_666_666 + (index < 20 ? 1 : 0) }),
      ),
    );
    assert.equal(await tokensOf(most), 281_000_000_000);
    const huge = await Promise.all([1, 2, 3].map(() => joined(at.store, owner.org)));
    const left = 60_000_000_000_000 - 281_000_000_000;
    for (const [index, person] of huge.entries()) {
      const own = Math.floor(left / 3) + (index < left % 3 ? 1 : 0);
      const cells = splitOver(own, 7).map((cr, day) =>
        cell({ day: addDays('2026-11-19', -day), in: 0, out: 0, cw: 0, cw1: 0, rs: 0, cr }),
      );
      await sync(at.store, person, cells);
    }
    await refreshed(at.store, owner.org);
    const rows = await at.store.contributions({ org: owner.org, window: '30d', after: 0, limit: 1000 });
    const members = new Set([most, ...huge].map(({ member }) => member));
    const all = rows.filter(({ member }) => members.has(member)).reduce((sum, { cr }) => sum + BigInt(cr), 0n);
    assert.equal(all, 60_000_000_000_000n);
    assert.equal(rows.find(({ member }) => member === most.member)?.cr, 281_000_000_000);
  });

  it('that repeat another device of the member are refused, until the old one is removed', async () => {
    const old = await joined(at.store, owner.org);
    const cells = [17, 18, 19].map((day) => cell({ day: `2026-11-${day}`, in: day }));
    await sync(at.store, old, cells);
    const anew = await anotherDevice(at.store, old);
    assert.deepEqual(await sync(at.store, anew, cells.slice(1)).then(({ outcome }) => outcome), 'applied');
    const again = await anotherDevice(at.store, old);
    assert.deepEqual(await sync(at.store, again, cells), { outcome: 'overlap', device: old.device });
    assert.equal((await cellsOf(old)).length, 5, 'nothing of it was taken');
    for (const { device } of [old, anew]) assert.ok(await at.store.removeDevice({ ...old, device, now }));
    assert.equal((await sync(at.store, again, cells)).outcome, 'applied');
    assert.deepEqual(
      (await at.store.usage(old)).days.map((day) => day.in),
      [17, 18, 19],
    );
  });

  it('are taken only under the policy of now, from who agreed to it and is there', async () => {
    const person = await joined(at.store, owner.org);
    assert.deepEqual(await sync(at.store, person, [cell()], now, 2), { outcome: 'consent_required', policyVersion: 1 });
    await at.store.setConsent({ ...person, consent: null, now });
    assert.deepEqual(await sync(at.store, person, [cell()]), { outcome: 'consent_required', policyVersion: 1 });
    assert.equal((await sync(at.store, owner, [cell()])).outcome, 'consent_required');
    assert.deepEqual(await sync(at.store, { ...person, device: 5 }, [cell()]), { outcome: 'gone' });
    assert.deepEqual(await sync(at.store, { ...person, member: owner.member }, [cell()]), { outcome: 'gone' });
    assert.deepEqual(await cellsOf(person), []);
    await statePolicy(at.store, owner.org, 2);
    const other = await at.store.session({ access: person.tokens.access });
    assert.equal(typeof other === 'object' && other?.policyVersion, 2);
  });
});

/** Whole parts of a whole number. */
function splitOver(sum: number, parts: number): number[] {
  const part = Math.floor(sum / parts);
  return Array.from({ length: parts }, (_none, index) => (index === 0 ? sum - part * (parts - 1) : part));
}

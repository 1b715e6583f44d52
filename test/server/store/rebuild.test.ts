import assert from 'node:assert/strict';
import { type WindowId, windowDays, windowIds } from '../../../src/team/protocol/terms.ts';
import { addDays } from '../../../src/usage/days.ts';
import { seeded } from '../../demo/random.ts';
import { anotherDevice, cell, dayMs, founded, joined, now, type Person, refreshed, sync, today } from './people.ts';
import { onBothStores } from './stores.ts';

interface Written {
  readonly person: Person;
  readonly joinedDay: string;
  readonly cells: ReturnType<typeof cell>[];
}

/** What a window should hold, counted as it is defined. */
function expected({ joinedDay, cells }: Written, window: WindowId, day: string) {
  const last = window === 'today' ? day : addDays(day, -1);
  const first = addDays(last, 1 - windowDays[window]);
  const own = cells.filter((one) => one.day >= first && one.day <= last && one.day >= joinedDay);
  const models = new Map<string, number>();
  for (const { model, in: input, out, cr, cw } of own)
    models.set(model, (models.get(model) ?? 0) + input + out + cr + cw);
  const sum = (count: (one: (typeof own)[number]) => number) => own.reduce((all, one) => all + count(one), 0);
  const counted = window === '90d' ? 0 : [...models.values()].filter((tokens) => tokens >= 100_000).length;
  return {
    in: sum((one) => one.in),
    out: sum((one) => one.out),
    cr: sum((one) => one.cr),
    cw: sum((one) => one.cw),
    req: sum((one) => one.req),
    usd: sum((one) => one.usd ?? 0),
    activeDays: new Set(own.map((one) => one.day)).size,
    models: counted,
  };
}

onBothStores('windows of a whole organisation', (at) => {
  let org: number;
  const everybody: Written[] = [];

  before(async () => {
    org = (await founded(at.store)).org;
    const random = seeded(7);
    for (let index = 0; index < 40; index++) {
      const ago = random.pick<number>([
        [60, 3],
        [20, 1],
        [4, 1],
      ]);
      const person = await joined(at.store, org, { at: now - ago * dayMs });
      const devices = random.chance(0.4) ? [person, await anotherDevice(at.store, person)] : [person];
      const written: Written = { person, joinedDay: addDays(today, -ago), cells: [] };
      for (const device of devices) {
        const days = Array.from({ length: random.whole(1, 12) }, () => addDays(today, -random.whole(0, 34)));
        const cells = [...new Set(days)].flatMap((day) =>
          ['claude-opus-4-7', 'gpt-5']
            .slice(0, random.whole(1, 2))
            .map((model) =>
              cell({ day, model, in: random.whole(1, 30_000), cr: random.whole(0, 90_000), req: random.whole(1, 9) }),
            ),
        );
        const told = await sync(at.store, device, cells);
        assert.ok(told.outcome === 'applied' && told.applied === cells.length, JSON.stringify(told));
        written.cells.push(...cells);
      }
      everybody.push(written);
    }
  });

  async function check(day: string, when: string): Promise<void> {
    for (const window of windowIds) {
      const found = new Map(
        (await at.store.contributions({ org, window, after: 0, limit: 1000 })).map((one) => [one.member, one]),
      );
      for (const one of everybody) {
        const {
          in: input,
          out,
          cr,
          cw,
          req,
          usd,
          activeDays,
          models,
        } = found.get(one.person.member) ?? {
          ...{ in: 0, out: 0, cr: 0, cw: 0, req: 0, usd: 0, activeDays: 0, models: 0 },
        };
        assert.deepEqual(
          { in: input, out, cr, cw, req, usd, activeDays, models },
          expected(one, window, day),
          `${when}, ${window}`,
        );
      }
    }
  }

  it('are what each member’s days are, when a day begins and when cells have changed', async () => {
    const first = await at.store.refreshWindows({ org, today, limit: 1000 });
    assert.deepEqual([first.rolled, first.left], [true, 0]);
    await check(today, 'the first day');
    const tomorrow = addDays(today, 1);
    await refreshed(at.store, org, tomorrow);
    await check(tomorrow, 'the next day');
    await refreshed(at.store, org);
    for (const one of everybody.slice(0, 10)) {
      const [changed, ...others] = one.cells;
      if (changed === undefined) continue;
      const more = { ...changed, rev: 2, in: 777_777 };
      const told = await sync(at.store, one.person, [more]);
      assert.equal(told.outcome, 'applied');
      one.cells.splice(0, one.cells.length, more, ...others);
    }
    const again = await at.store.refreshWindows({ org, today, limit: 1000 });
    assert.deepEqual([again.rolled, again.left, again.refreshed], [false, 0, 10]);
    await check(today, 'after changes');
  });

  it('are not touched, nor anything published, by one who leads no more', async () => {
    const before = await at.store.tryLead();
    await before?.release();
    const leads = await at.store.tryLead();
    assert.ok(before && leads);
    const series = { board: 0, window: '30d', metric: 'tokens' } as const;
    const order = { org, ...series, policyVersion: 1, builtAt: now, head: '{}', state: '', rows: [] };
    const told = { org, policyVersion: 1, builtAt: now, boards: [{ board: 0, body: '{}' }], states: [] };
    // Past the retention of everything that was synced.
    const sweep = { org, after: 0, limit: 1000, now: now + 100 * dayMs };
    if (at.database.kind === 'sqlite') {
      // Nothing else can write while one leads.
      assert.deepEqual([before.epoch, leads.epoch], [undefined, undefined]);
    } else {
      assert.equal(leads.epoch, (before.epoch ?? 0) + 1);
      assert.equal(await at.store.publish({ ...order, lead: before.epoch }), null);
      assert.equal(await at.store.publishInsights({ ...told, lead: before.epoch }), false);
      assert.equal(await at.store.insights({ org, board: 0 }), null);
      assert.deepEqual(await at.store.sweep({ ...sweep, lead: before.epoch }), { removed: 0, next: null });
      const [person] = everybody;
      assert.ok(person);
      await sync(at.store, person.person, [cell({ day: today, rev: 9, tool: 'codex' })]);
      const refused = await at.store.refreshWindows({ org, today, limit: 1000, lead: before.epoch });
      assert.equal(refused.refreshed, 0);
      const tomorrow = addDays(today, 1);
      const rebuilt = await at.store.refreshWindows({ org, today: tomorrow, limit: 1000, lead: before.epoch });
      assert.deepEqual([rebuilt.refreshed, rebuilt.rolled], [0, false]);
      const done = await at.store.refreshWindows({ org, today, limit: 1000, lead: leads.epoch });
      assert.equal(done.refreshed, 1);
    }
    assert.equal((await at.store.publish({ ...order, lead: leads.epoch }))?.seq, 1);
    assert.equal(await at.store.publishInsights({ ...told, lead: leads.epoch }), true);
    assert.ok((await at.store.sweep({ ...sweep, lead: leads.epoch })).removed > 0);
    await leads.release();
  });
});

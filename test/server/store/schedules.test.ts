import assert from 'node:assert/strict';
import type { Store } from '../../../src/server/store/store.ts';
import type { Cell } from '../../../src/team/protocol/sync.ts';
import { addDays } from '../../../src/usage/days.ts';
import { type Random, seeded } from '../../demo/random.ts';
import { share } from '../../long/factor.ts';
import { anotherDevice, cell, consent, founded, invited, joinBy, now, type Person, sync } from './people.ts';
import { onBothStores } from './stores.ts';

const schedules = Math.max(200, share(10_000));
const atATime = 16;

/** One device as its client knows it, and what of it has arrived. */
interface Device {
  readonly person: Person;
  /** The ledger: the newest of every cell. */
  readonly ledger: Map<string, Cell>;
  readonly acked: Map<string, number>;
  /** Requests on their way, which may come late, twice or never. */
  readonly underWay: (readonly Cell[])[];
  /** What the server must know: of all that arrived the highest revision. */
  readonly arrived: Map<string, Cell>;
}

onBothStores(`${schedules} random schedules`, (at) => {
  let invite: string;
  before(async () => {
    const owner = await founded(at.store);
    invite = await invited(at.store, owner.org, {}, schedules);
  });

  it('end where the model ends', async function () {
    this.timeout(60_000 + schedules * 500);
    let begun = 0;
    const workers = Array.from({ length: atATime }, async () => {
      while (begun < schedules) await play(at.store, invite, begun++);
    });
    await Promise.all(workers);
  });
});

async function play(store: Store, invite: string, seed: number): Promise<void> {
  const random = seeded(1000 + seed);
  const first = await joinBy(store, invite, consent());
  const people = [first];
  while (people.length < 2 + (seed % 4 === 0 ? 2 : 0)) people.push(await anotherDevice(store, first));
  const devices = people.map((person): Device => {
    return { person, ledger: new Map(), acked: new Map(), underWay: [], arrived: new Map() };
  });
  for (let round = 0; round < 3; round++) {
    for (const device of devices) use(device, random);
    await Promise.all(devices.map((device) => connect(store, device, random)));
  }
  const told = await store.exportMember({ ...first, now });
  const known = devices.flatMap(({ person, arrived }) =>
    [...arrived.values()].map((one) => ({ device: person.device, ...one })),
  );
  const sorted = (cells: readonly (Cell & { device: number })[]) =>
    [...cells].map((one) => JSON.stringify(one, Object.keys(one).sort())).sort();
  assert.deepEqual(sorted(told?.cells ?? []), sorted(known), `schedule ${seed}: cells`);
  const days = new Map<string, number>();
  for (const one of known) days.set(one.day, (days.get(one.day) ?? 0) + one.in + one.out + one.cr + one.cw);
  assert.deepEqual(
    (told?.days ?? []).map((day) => [day.day, day.in + day.out + day.cr + day.cw]),
    [...days].filter(([, tokens]) => tokens > 0).sort(),
    `schedule ${seed}: days`,
  );
}

/** Some cells grow, are counted again (lower, too), or are removed. */
function use({ ledger }: Device, random: Random): void {
  for (let changes = random.whole(2, 8); changes > 0; changes--) {
    const day = addDays('2026-11-19', -random.whole(0, 4));
    const tool = random.chance(0.5) ? 'claude-code' : 'codex';
    const model = `model-${random.whole(0, 2)}`;
    const key = `${day} ${tool} ${model}`;
    const rev = (ledger.get(key)?.rev ?? 0) + random.whole(1, 3);
    const none = random.chance(0.15);
    const count = (most: number): number => (none ? 0 : random.whole(1, most));
    const counts = {
      in: count(1e6),
      out: count(1e6),
      cr: count(1e9),
      cw: count(1e7),
      req: count(100),
      usd: count(1e6),
    };
    ledger.set(key, cell({ day, tool, model, rev, ...counts, cw1: 0, rs: 0, est: random.chance(0.2) }));
  }
}

/** Sends what is not acknowledged, in parts; requests get lost, come late and twice, answers get lost. */
async function connect(store: Store, device: Device, random: Random): Promise<void> {
  const open = [...device.ledger].filter(([key, { rev }]) => rev > (device.acked.get(key) ?? 0)).map(([, one]) => one);
  const size = random.whole(2, 8);
  for (let start = 0; start < open.length; start += size) device.underWay.push(open.slice(start, start + size));
  for (let left = device.underWay.length; left > 0; left--) {
    const place = random.chance(0.3) ? random.whole(0, device.underWay.length - 1) : 0;
    const request = device.underWay[place];
    if (request === undefined) break;
    const fate = random.whole(1, 10);
    if (fate === 1) continue;
    if (fate !== 2) device.underWay.splice(place, 1);
    if (fate === 3) continue;
    const outcome = await sync(store, device.person, request);
    assert.ok(outcome.outcome === 'applied' && outcome.rejected.length === 0, JSON.stringify(outcome));
    let applied = 0;
    for (const one of request) {
      const key = `${one.day} ${one.tool} ${one.model}`;
      if (one.rev <= (device.arrived.get(key)?.rev ?? 0)) continue;
      device.arrived.set(key, one);
      applied++;
    }
    assert.deepEqual([outcome.applied, outcome.unchanged], [applied, request.length - applied]);
    const answered = fate !== 4;
    if (answered) for (const one of request) acknowledge(device, one);
  }
}

function acknowledge({ acked }: Device, one: Cell): void {
  const key = `${one.day} ${one.tool} ${one.model}`;
  acked.set(key, Math.max(one.rev, acked.get(key) ?? 0));
}

import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { zstdCompressSync } from 'node:zlib';
import { type CountedHome, countedHome } from './counted-home.ts';
import { fixtureHome } from './fixture-home.ts';

/** The fixture, with its logs compressed as the tool does: some lines a piece. */
function packedHome(change: (packed: Buffer) => Buffer = (packed) => packed): CountedHome {
  const usage = countedHome(fixtureHome('deepseek-harness', 'sessions'));
  for (const { path } of usage.logs()) {
    const lines = readFileSync(path, 'utf8').split(/(?<=\n)/);
    const pieces = [lines.slice(0, 1), lines.slice(1, 5), lines.slice(5)].filter((piece) => piece.length > 0);
    const packed = Buffer.concat(pieces.map((piece) => zstdCompressSync(Buffer.from(piece.join('')))));
    rmSync(path);
    writeFileSync(`${path}.zstd`, change(packed));
  }
  return usage;
}

async function read(usage: CountedHome): Promise<CountedHome> {
  assert.deepEqual((await usage.scan()).problems, []);
  return usage;
}

describe('DeepSeek Harness', () => {
  it('tells the same compressed and plain', async () => {
    const plain = await read(countedHome(fixtureHome('deepseek-harness', 'sessions')));
    const packed = await read(packedHome());
    assert.deepEqual(packed.bySession(), plain.bySession());
    for (const usage of [plain, packed]) usage.close();
  });

  it('reads all whole pieces while the last one is being written', async () => {
    const whole = await read(packedHome());
    const cut = packedHome((packed) => packed.subarray(0, packed.length - 5));
    await read(cut);
    const events = (usage: CountedHome) => usage.tallies().reduce((sum, tally) => sum + tally.events, 0);
    assert.ok(events(cut) > 0 && events(cut) < events(whole));
    for (const usage of [whole, cut]) usage.close();
  });

  it('books what a subagent did to the session that asked it, and what a fork copied to its parent', async () => {
    const usage = await read(countedHome(fixtureHome('deepseek-harness', 'sessions')));
    const sessions = usage.tallies().map(({ session, subagent, events }) => [session, subagent, events]);
    const of = (session: string, subagent: boolean) =>
      sessions.reduce((sum, [id, sub, events]) => (id === session && sub === subagent ? sum + Number(events) : sum), 0);
    assert.deepEqual([of('session-0001', false), of('session-0001', true), of('session-0002', false)], [5, 1, 1]);
    usage.close();
  });
});

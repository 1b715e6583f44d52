import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { zstdCompressSync } from 'node:zlib';
import { totals } from './contents.ts';
import { later, newHome, scanHome } from './home.ts';
import { codexCount, codexHead, noon } from './log-lines.ts';

const day = '.codex/sessions/2026/05/12';
const name = 'rollout-2026-05-12T12-00-00-000000a1-1111-4222-8333-0000000000a1.jsonl';
const usage = { input: 1000, cached: 400, output: 50, reasoning: 0 };
const rollout = codexHead('000000a1-1111-4222-8333-0000000000a1', noon) + codexCount(noon + 1000, usage, usage);

describe('a log that its tool has compressed', () => {
  it('is read as what it was', async () => {
    const home = newHome();
    const ledger = home.open();
    home.write(`${day}/${name}.zst`, zstdCompressSync(Buffer.from(rollout)));
    assert.deepEqual((await scanHome(home, ledger)).problems, []);
    const { input, cacheRead, output, events } = totals(ledger);
    assert.deepEqual([input, cacheRead, output, events], [600, 400, 50, 1]);
    assert.equal((await scanHome(home, ledger)).filesRead, 0);
  });

  it('changes nothing where it was read before, and is told where it is cut', async () => {
    const home = newHome();
    const ledger = home.open();
    home.write(`${day}/${name}`, rollout);
    await scanHome(home, ledger);
    const before = totals(ledger);
    const packed = zstdCompressSync(readFileSync(home.path(`${day}/${name}`)));
    home.remove(`${day}/${name}`);
    home.write(`${day}/${name}.zst`, packed.subarray(0, packed.length / 2));
    const [problem] = (await scanHome(home, ledger)).problems;
    assert.deepEqual([problem?.tool, problem?.reason], ['codex', 'it cannot be unpacked']);
    home.write(`${day}/${name}.zst`, packed);
    later(home.path(`${day}/${name}.zst`));
    assert.deepEqual((await scanHome(home, ledger)).problems, []);
    assert.deepEqual(totals(ledger), before);
  });
});

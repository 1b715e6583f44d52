import assert from 'node:assert/strict';
import { keyHash } from '../../src/ledger/key-hash.ts';
import { runs } from './home.ts';

const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Keys as readers make them: random ids, and families that differ in few digits. */
function keyOf(n: number): string {
  switch (n % 4) {
    case 0: {
      let id = '';
      for (let state = n * 2_654_435_761, i = 0; i < 22; i++) {
        state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
        id += letters[state % 62];
      }
      return `anthropic:msg_01${id}`;
    }
    case 1:
      return `codex:0199a213-81c0-7800-8aa1-bbab2a035a53:${n * 131}.${n * 100}.${n % 997}`;
    case 2:
      return `opencode:msg_${n.toString(16).padStart(12, '0')}`;
    default:
      return `gemini:${(n >>> 12).toString(16)}-${n & 4095}`;
  }
}

describe('the hash of a key', () => {
  it('tells millions of keys apart, and uses all its bits', function () {
    const { numRuns: count } = runs(600_000);
    this.timeout(count / 20);
    const hashes = new Float64Array(count);
    const ones = new Array<number>(53).fill(0);
    for (let n = 0; n < count; n++) {
      const hash = keyHash(keyOf(n));
      hashes[n] = hash;
      if (n % 10 > 0) continue;
      for (let bit = 0; bit < 53; bit++) ones[bit] = (ones[bit] ?? 0) + (Math.floor(hash / 2 ** bit) % 2);
    }
    hashes.sort();
    let met = 0;
    for (let n = 1; n < count; n++) if (hashes[n] === hashes[n - 1]) met++;
    assert.equal(met, 0);
    assert.ok((hashes[0] as number) >= 0 && (hashes[count - 1] as number) <= Number.MAX_SAFE_INTEGER);
    for (const [bit, number] of ones.entries()) {
      assert.ok(Math.abs(number / (count / 10) - 0.5) < 0.02, `bit ${bit} is set in ${number} of ${count / 10}`);
    }
    // As many as chance gives in each part of the range.
    const parts = new Array<number>(256).fill(0);
    for (const hash of hashes) parts[Math.floor(hash / 2 ** 45)] = (parts[Math.floor(hash / 2 ** 45)] ?? 0) + 1;
    const expected = count / 256;
    const chi = parts.reduce((sum, part) => sum + (part - expected) ** 2 / expected, 0);
    assert.ok(chi > 150 && chi < 400, `chi square ${chi}`);
  });

  it('changes about half its bits with any letter of a key', () => {
    const key = 'anthropic:msg_01XFDUDYJgAACzvnptvVoYEL';
    let changed = 0;
    for (let i = 0; i < key.length; i++) {
      const other = `${key.slice(0, i)}${key[i] === 'x' ? 'y' : 'x'}${key.slice(i + 1)}`;
      const [a, b] = [BigInt(keyHash(key)), BigInt(keyHash(other))];
      changed += [...(a ^ b).toString(2)].filter((bit) => bit === '1').length;
    }
    assert.ok(Math.abs(changed / key.length - 26.5) < 4, String(changed / key.length));
  });

  it('is for good: a ledger knows its requests by it', () => {
    assert.equal(keyHash(''), 3_310_411_522_413_894);
    assert.equal(keyHash('anthropic:msg_1'), 1_120_930_339_449_439);
  });
});

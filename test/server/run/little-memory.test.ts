import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';

const part = new URL('../../../src/server/run/little-memory.ts', import.meta.url);

/** Takes as much for new objects as a busy server does within minutes: half of them live on for a while. */
const busy = `
  import { setImmediate as breathe } from 'node:timers/promises';
  import { getHeapSpaceStatistics } from 'node:v8';
  import { takeLittleMemory } from '${part}';
  takeLittleMemory();
  let kept = [];
  for (let number = 0; number < 4_000_000; number++) {
    kept.push({ number, text: 'of ' + number });
    if (kept.length > 40_000) kept = kept.slice(20_000);
    if (number % 2000 === 0) await breathe();
  }
  console.log(getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space').space_size);`;

describe('the memory of the backend', () => {
  it('does not grow by what is garbage at once', function () {
    this.timeout(30_000);
    const size = Number(execFileSync(process.execPath, ['--input-type=module', '-e', busy], { encoding: 'utf8' }));
    assert.ok(size > 0 && size < 40e6, `${size} bytes for new objects`);
  });
});

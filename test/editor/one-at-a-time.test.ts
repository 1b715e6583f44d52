import assert from 'node:assert/strict';
import { type Changed, oneAtATime } from '../../src/editor/one-at-a-time.ts';

describe('Changes of logs', () => {
  /** What is followed, and the end of what is being followed. */
  function following(): { readonly seen: Changed[]; tell(changed: Changed): void; end(): Promise<void> } {
    const seen: Changed[] = [];
    let end = (): void => undefined;
    const tell = oneAtATime((changed) => {
      seen.push(changed);
      return new Promise((resolve) => {
        end = resolve;
      });
    });
    return {
      seen,
      tell,
      async end() {
        end();
        await new Promise((resolve) => setImmediate(resolve));
      },
    };
  }

  it('are followed at once', () => {
    const { seen, tell } = following();
    tell(['a']);
    assert.deepEqual(seen, [['a']]);
  });

  it('are gathered while one is followed, each file once', async () => {
    const { seen, tell, end } = following();
    for (const changed of [['a'], ['a', 'b'], ['c'], ['b']]) tell(changed);
    assert.deepEqual(seen, [['a']]);
    await end();
    assert.deepEqual(seen, [['a'], ['a', 'b', 'c']]);
    await end();
    tell(['d']);
    assert.deepEqual(seen.at(-1), ['d']);
  });

  it('become a look at all logs where one of them may be anything', async () => {
    const { seen, tell, end } = following();
    for (const changed of [['a'], ['b'], undefined, ['c']]) tell(changed);
    await end();
    assert.deepEqual(seen, [['a'], undefined]);
  });
});

import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { failedFiles, resultsFile, resultsOf, takeSecondAttempt } from './results.ts';

describe('A second attempt', () => {
  const [first, second] = ['results-test', 'results-test-again'];

  afterEach(() => {
    for (const name of [first, second]) rmSync(resultsFile(name), { force: true });
  });

  it('takes the place of the files that failed, and is told of', () => {
    write(first, ['a one', 'b one'], ['a two', 'a three']);
    assert.deepEqual(failedFiles(first), ['a']);
    write(second, ['a one', 'a two'], ['a three']);
    takeSecondAttempt(first, second);
    const { passed, failed, failures, again } = resultsOf(first, 'ended with 1');
    assert.deepEqual({ passed, failed, again }, { passed: 3, failed: 1, again: ['a two'] });
    assert.match(failures[0] ?? '', /a three/);
  });

  it('that came to nothing does not hide that tests failed', () => {
    write(first, [], ['a one']);
    takeSecondAttempt(first, second);
    assert.equal(resultsOf(first).failed, 1);
    write(first, ['b one'], ['a one']);
    takeSecondAttempt(first, second);
    assert.equal(resultsOf(first, 'ended with 1').failed, 1);
  });

  /** Tests whose titles begin with the name of their file. */
  function write(name: string, passes: readonly string[], failures: readonly string[]): void {
    const test = (fullTitle: string) => ({ fullTitle, file: fullTitle.split(' ')[0], err: { message: 'wrong' } });
    const json = { passes: passes.map(test), failures: failures.map(test) };
    const stats = { passes: passes.length, failures: failures.length, pending: 0 };
    writeFileSync(resultsFile(name), JSON.stringify({ ...json, stats }));
  }
});

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { say } from './say.ts';

/** What a suite came to. */
export interface Results {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Each failure as text to read: the test's title, its error. */
  readonly failures: readonly string[];
  /** The titles of the tests that passed only when they were tried again. */
  readonly again: readonly string[];
}

interface MochaJson {
  readonly stats: { readonly passes: number; readonly failures: number; readonly pending: number };
  readonly passes?: readonly { readonly fullTitle: string; readonly currentRetry?: number }[];
  readonly failures: readonly {
    readonly fullTitle: string;
    readonly err: { readonly message?: string; readonly stack?: string };
  }[];
}

/** Where a suite's results are to be written, as Mocha's JSON reporter does. */
export function resultsFile(name: string): string {
  mkdirSync(join('out', 'results'), { recursive: true });
  return resolve('out', 'results', `${name}.json`);
}

/** Reads what a suite wrote. A suite that did not run to its end, or ran no test, has failed: `problem` may say why. */
export function resultsOf(name: string, problem?: string): Results {
  const file = resultsFile(name);
  const nothing: MochaJson = { stats: { passes: 0, failures: 0, pending: 0 }, failures: [] };
  const json = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as MochaJson) : nothing;
  const { passes, failures, pending } = json.stats;
  const texts = json.failures.map(
    ({ fullTitle, err }) => `${fullTitle}\n${err.stack ?? err.message ?? 'no error told'}`,
  );
  // A failed test makes a runner end with an error: that is no second failure.
  const broken =
    failures === 0 && problem !== undefined ? problem : passes + failures === 0 ? 'No test ran.' : undefined;
  return {
    name,
    passed: passes,
    failed: failures + (broken === undefined ? 0 : 1),
    skipped: pending,
    failures: broken === undefined ? texts : [...texts, broken],
    again: (json.passes ?? []).filter(({ currentRetry = 0 }) => currentRetry > 0).map(({ fullTitle }) => fullTitle),
  };
}

/** Writes down why a suite could not run, in the place of its results. */
export function writeProblem(name: string, problem: string): void {
  const failures = [{ fullTitle: 'could not run', err: { message: problem } }];
  writeFileSync(resultsFile(name), JSON.stringify({ stats: { passes: 0, failures: 1, pending: 0 }, failures }));
}

/** Prints a suite's results: one line, each test that was tried twice, and each failure. */
export function show(results: Results): void {
  const skipped = results.skipped > 0 ? `, ${results.skipped} skipped` : '';
  say(`${results.name}: ${results.passed} passed, ${results.failed} failed${skipped}`);
  for (const title of results.again) say(`  needed a second attempt: ${title}`);
  for (const failure of results.failures) say(`\n  ✗ ${failure.replaceAll('\n', '\n    ')}\n`);
}

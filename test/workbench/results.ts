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

interface MochaTest {
  readonly fullTitle: string;
  readonly file?: string;
  readonly currentRetry?: number;
}

interface MochaFailure extends MochaTest {
  readonly err: { readonly message?: string; readonly stack?: string };
}

interface MochaJson {
  readonly stats: { readonly passes: number; readonly failures: number; readonly pending: number };
  readonly passes?: readonly MochaTest[];
  readonly pending?: readonly MochaTest[];
  readonly failures: readonly MochaFailure[];
}

/** Where a suite's results are to be written, as Mocha's JSON reporter does. */
export function resultsFile(name: string): string {
  mkdirSync(join('out', 'results'), { recursive: true });
  return resolve('out', 'results', `${name}.json`);
}

/** Reads what a suite wrote. A suite that did not run to its end, or ran no test, has failed: `problem` may say why. */
export function resultsOf(name: string, problem?: string): Results {
  const json = written(name);
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

/** The files whose tests a suite saw fail. */
export function failedFiles(name: string): readonly string[] {
  return [...new Set(written(name).failures.flatMap(({ file }) => (file === undefined ? [] : [file])))];
}

/**
 * Puts the results of `second`, in which the files that failed in `first` ran once more, in their place, and keeps the sum as
 * the results of `first`: what failed there and not here needed a second attempt.
 */
export function takeSecondAttempt(first: string, second: string): void {
  const [before, after] = [written(first), written(second)];
  // A run that broke off says nothing of its files.
  const files = new Set([...(after.passes ?? []), ...after.failures].map(({ file }) => file));
  const elsewhere = (tests: readonly MochaTest[] = []) => tests.filter(({ file }) => !files.has(file));
  const failedBefore = new Set(before.failures.map(({ fullTitle }) => fullTitle));
  const repeated = (after.passes ?? []).map((test) =>
    failedBefore.has(test.fullTitle) ? { ...test, currentRetry: 1 } : test,
  );
  const passes = [...elsewhere(before.passes), ...repeated];
  const pending = [...elsewhere(before.pending), ...(after.pending ?? [])];
  const failures = [...before.failures.filter(({ file }) => !files.has(file)), ...after.failures];
  const stats = { passes: passes.length, failures: failures.length, pending: pending.length };
  writeFileSync(resultsFile(first), JSON.stringify({ stats, passes, pending, failures }));
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

function written(name: string): MochaJson {
  const file = resultsFile(name);
  const nothing: MochaJson = { stats: { passes: 0, failures: 0, pending: 0 }, failures: [] };
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as MochaJson) : nothing;
}

import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import { failedFiles, type Results, resultsFile, resultsOf, show, takeSecondAttempt } from './workbench/results.ts';
import { npmCommand } from './workbench/run-command.ts';
import { say } from './workbench/say.ts';

/** No part may hang for longer than this. */
const limit = 30 * 60_000;
const mocha = 'node_modules/mocha/bin/mocha.js';
const all: Results[] = [];

await check('build', 'the extension and the command');
await check('check', 'types and lint');
await suite('unit', 'the unit tests', [mocha, ...asJson('unit')]);
await suite('long', 'a hundredth of the long tests: kills, broken logs, many writers', [
  ...[mocha, '--no-config', '--extension', 'ts', '--timeout', '180000', ...asJson('long'), 'test/long/**/*.test.ts'],
]);
await suite('package', 'the package and the demo data', [
  ...[mocha, '--no-config', '--timeout', '60000', ...asJson('package')],
  ...['test/workbench/**/*.test.ts', 'test/demo/**/*.test.ts'],
]);
await suite(
  'editor',
  "the tests inside VS Code's extension host",
  ['test/editor/run.ts'],
  'editor-empty',
  'editor-untrusted',
  'editor-settings',
);
if (process.platform === 'linux') {
  await browserSuite();
} else {
  say('\nbrowser: skipped: the VS Code for the browser that npm has runs on Linux only.');
}

const passed = all.reduce((sum, results) => sum + results.passed, 0);
const failed = all.reduce((sum, results) => sum + results.failed, 0);
if (failed > 0) {
  say('\nWhat failed:');
  for (const results of all.filter((one) => one.failed > 0)) show(results);
  process.exitCode = 1;
}
const again = all.flatMap((results) => results.again);
if (again.length > 0) say('');
for (const title of again) say(`needed a second attempt: ${title}`);
say(`\n${passed} passed, ${failed} failed`);

/** Runs an npm script that passes or fails as a whole. */
async function check(script: string, title: string): Promise<void> {
  say(`\n── ${script}: ${title}`);
  const problem = await run(...npmCommand(['run', '--silent', script]));
  const failures = problem === undefined ? [] : [`npm run ${script} ${problem}`];
  const results = {
    name: script,
    passed: 1 - failures.length,
    failed: failures.length,
    skipped: 0,
    failures,
    again: [],
  };
  all.push(results);
  show(results);
}

/** Runs Node with these arguments, then reads the results that it left under these names. */
async function suite(
  name: string,
  title: string,
  args: readonly string[],
  ...results: readonly string[]
): Promise<void> {
  say(`\n── ${name}: ${title}`);
  const names = results.length > 0 ? results : [name];
  for (const one of names) rmSync(resultsFile(one), { force: true });
  const problem = await run(process.execPath, args);
  const found = names.map((one) => resultsOf(one, problem));
  all.push(...found);
  // A suite of several parts has shown each when it ended.
  if (results.length === 0) for (const one of found) show(one);
}

/** A window and a browser on a busy machine now and then miss a key or a click: files that fail run once more, in new windows. */
async function browserSuite(): Promise<void> {
  const title = 'the packaged extension, used in a browser';
  const args = (name: string, files: readonly string[]) => [
    ...[mocha, '--no-config', '--timeout', '240000', ...asJson(name, './test/workbench/json-reporter.ts')],
    ...files,
  ];
  rmSync(resultsFile('browser-again'), { force: true });
  await suite('browser', title, args('browser', ['test/browser/**/*.test.ts']));
  const files = failedFiles('browser');
  if (files.length === 0) return;
  say(`\n── browser: a second attempt of ${files.length} of its files`);
  await run(process.execPath, args('browser-again', files));
  takeSecondAttempt('browser', 'browser-again');
  const results = resultsOf('browser');
  all[all.length - 1] = results;
  show(results);
}

function asJson(name: string, reporter = 'json'): readonly string[] {
  return ['--reporter', reporter, '--reporter-option', `output=${resultsFile(name)}`];
}

/** Runs a command whose output is shown; without colours where nobody sees them. Gives how it ended, if not well. */
function run(command: string, args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    const output = process.stdout.isTTY ? 'inherit' : 'pipe';
    const child = spawn(command, args, { stdio: ['ignore', output, output] });
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => process.stdout.write(stripVTControlCharacters(text)));
    }
    const timer = setTimeout(() => {
      child.kill('SIGTERM');
      setTimeout(() => child.kill('SIGKILL'), 10_000).unref();
    }, limit);
    const settle = (problem: string | undefined) => {
      clearTimeout(timer);
      resolve(problem);
    };
    child.once('error', (error) => settle(`could not be run: ${error.message}`));
    child.once('exit', (code, signal) => settle(code === 0 ? undefined : `ended with ${code ?? signal}`));
  });
}

import { spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';

/** All that takes long, in full; `TOKENBOARD_TEST_FACTOR` makes it less. The machine stays usable meanwhile. */
const env = { ...process.env, TOKENBOARD_TEST_FACTOR: process.env.TOKENBOARD_TEST_FACTOR || '100' };
const tests = ['test/long/**/*.test.ts', 'test/ledger/**/*.test.ts', 'test/server/store/schedules.test.ts'];
const mocha = ['node_modules/mocha/bin/mocha.js', '--no-config', '--extension', 'ts', '--timeout', '2400000'];

setPriority(constants.priority.PRIORITY_LOW);
const child = spawn(process.execPath, [...mocha, ...process.argv.slice(2), ...tests], { env, stdio: 'inherit' });
child.once('exit', (code, signal) => {
  if (signal !== null) process.stderr.write(`The tests were ended by ${signal}, so this is not all of them.\n`);
  process.exitCode = code ?? 1;
});

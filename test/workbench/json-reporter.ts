import Mocha from 'mocha';
import { say } from './say.ts';

/** Mocha's JSON reporter, which also says at once why a test is to be tried again; Mocha finds it as the default export. */
export default function jsonReporter(runner: Mocha.Runner, options: Mocha.MochaOptions): Mocha.reporters.JSON {
  runner.on('retry', (test, error) => {
    say(`\n  ↻ a second attempt: ${test.fullTitle()}\n    ${String(error.stack).replaceAll('\n', '\n    ')}\n`);
  });
  return new Mocha.reporters.JSON(runner, options);
}

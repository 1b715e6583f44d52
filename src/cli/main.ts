import { inWords } from '../ledger/ledger-error.ts';
import { isBackend, run } from './run.ts';

let unwritten = false;
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // A reader that has seen enough (`| head`) is no failure.
  if (error.code === 'EPIPE') process.exit(0);
  if (unwritten) return;
  unwritten = true;
  process.stderr.write(`tokenboard: the answer could not be written: ${inWords(error)}.\n`, () => process.exit(1));
});
process.stderr.on('error', () => undefined);

const typed = process.argv.slice(2);

void run(typed).then((code) => {
  process.exitCode = code;
  // All is said and written: V8 would clean up for longer than some answers take.
  if (isBackend(typed[0])) return;
  process.stderr.write('', () => process.stdout.write('', (error) => error ?? (unwritten || process.exit())));
});

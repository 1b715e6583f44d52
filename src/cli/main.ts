import { isBackend, run } from './run.ts';

// A reader that has seen enough (`| head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 1);
});
process.stderr.on('error', () => undefined);

const typed = process.argv.slice(2);

void run(typed).then((code) => {
  process.exitCode = code;
  // All is said and written: V8 would clean up for longer than some answers take.
  if (!isBackend(typed[0])) process.stderr.write('', () => process.stdout.write('', () => process.exit()));
});

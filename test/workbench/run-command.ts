import { spawn } from 'node:child_process';
import { atExit } from './at-exit.ts';
import { say } from './say.ts';

export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Run by a shell: Windows needs it for scripts. */
  readonly shell?: boolean;
  /** Every so many milliseconds a line says that it still runs. Default 15 s. */
  readonly patience?: number;
}

/** Runs a command without showing its output, and returns that; an exit code other than 0 is an error with its last lines. */
export function runCommand(command: string, args: readonly string[], options: CommandOptions = {}): Promise<string> {
  const started = Date.now();
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    const still = setInterval(
      () => say(`  … still at it after ${Math.round((Date.now() - started) / 1000)} s`),
      options.patience ?? 15_000,
    );
    const callOff = atExit(() => child.kill());
    const settle = () => {
      clearInterval(still);
      callOff();
    };
    let output = '';
    const collect = (chunk: Buffer) => {
      output += chunk;
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.once('error', (error) => {
      settle();
      reject(new Error(`${command} could not be run: ${error.message}`, { cause: error }));
    });
    child.once('close', (code, signal) => {
      settle();
      if (code === 0) resolve(output);
      else reject(new Error(`${command} ${args.join(' ')} ended with ${code ?? signal}:\n${lastLines(output, 30)}`));
    });
  });
}

/** Runs npm without showing its output, and returns that. */
export function runNpm(args: readonly string[], options: CommandOptions = {}): Promise<string> {
  return runCommand(...npmCommand(args), options);
}

/** The command that runs npm with the Node that runs this process, wherever npm was started from. */
export function npmCommand(args: readonly string[]): [string, readonly string[]] {
  const npm = process.env.npm_execpath;
  return npm ? [process.execPath, [npm, ...args]] : ['npm', args];
}

function lastLines(text: string, count: number): string {
  return text.trimEnd().split('\n').slice(-count).join('\n');
}

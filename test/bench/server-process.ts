import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** The command as it is published, which serves. */
export interface ServerProcess {
  readonly address: string;
  readonly health: string;
  readonly child: ChildProcess;
  /** What it has logged, by message. */
  logged(message: string): readonly Readonly<Record<string, unknown>>[];
  /** The most memory that it ever had, megabytes; undefined where the system does not tell. */
  peakMB(): number | undefined;
  end(signal?: NodeJS.Signals): Promise<void>;
}

const command = 'dist/cli.js';

/** Starts `tokenboard serve` on free ports. Throws what it says where it does not start. */
export async function startServerProcess(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<ServerProcess> {
  if (!existsSync(command)) throw new Error('There is no dist/cli.js: run npm run build first.');
  const child = spawn(process.execPath, [command, 'serve', '--port', '0', '--health-port', '0', ...args], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: Readonly<Record<string, unknown>>[] = [];
  let [rest, said] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const parts = (rest + text).split('\n');
    rest = parts.pop() ?? '';
    for (const line of parts) if (line.startsWith('{')) lines.push(JSON.parse(line));
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const killed = (): boolean => child.kill('SIGKILL');
  process.once('exit', killed);
  void ended.then(() => process.off('exit', killed));
  for (;;) {
    const address = /listens at (http:\S+?)[.,]?\s/.exec(said)?.[1];
    const health = /measures are at (http:\S+)\./.exec(said)?.[1];
    if (address !== undefined && health !== undefined) {
      return {
        address,
        health,
        child,
        logged: (message) => lines.filter(({ msg }) => msg === message),
        peakMB: () => peakMB(child.pid),
        async end(signal = 'SIGTERM') {
          child.kill(signal);
          await ended;
        },
      };
    }
    if (child.exitCode !== null) throw new Error(`It ended with ${child.exitCode}: ${said}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function peakMB(pid: number | undefined): number | undefined {
  if (process.platform !== 'linux') return undefined;
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return kilobytes === undefined ? undefined : (Number(kilobytes) * 1024) / 1e6;
}

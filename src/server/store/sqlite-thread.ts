import { parentPort, workerData } from 'node:worker_threads';
import { openSqlite, type SqliteConnection } from './sqlite-connection.ts';
import { sqliteOperations } from './sqlite-operations.ts';
import type { SqliteCall, SqliteReply, SqliteThreadData } from './sqlite-protocol.ts';

/** The thread in which SQLite works, so that the requests' thread never waits for the disk. */
const { file } = workerData as SqliteThreadData;
const port = parentPort;
if (port === null) throw new Error('The thread of the SQLite store runs as a worker alone.');
const reply = (message: SqliteReply): void => port.postMessage(message);

openSqlite(file)
  .then((connection) => {
    serve(connection);
    reply({ kind: 'opened' });
  })
  .catch((error: unknown) => reply({ kind: 'failed', error }));

function serve(connection: SqliteConnection): void {
  const { operations, inTurn, idle } = sqliteOperations(connection);
  const calls = new Map<string, (order: never) => Promise<unknown>>([
    ...Object.entries(operations),
    ['ready', () => operations.organisation({})],
    ['backup', ({ file: copy }: { file: string }) => inTurn(async () => connection.backup(copy))],
    ['close', () => idle().then(() => inTurn(async () => connection.close()))],
  ]);
  port?.on('message', ({ call, name, order }: SqliteCall) => {
    const work = calls.get(name);
    if (work === undefined) return reply({ kind: 'error', call, error: new Error(`The store has no ${name}.`) });
    work(order as never).then(
      (outcome) => reply({ kind: 'answer', call, outcome }),
      (error: unknown) => reply({ kind: 'error', call, error }),
    );
  });
}

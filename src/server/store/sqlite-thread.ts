import { parentPort, workerData } from 'node:worker_threads';
import { operationsOf, type Run } from './all-operations.ts';
import { gatherSyncs } from './gather.ts';
import { openSqlite, type SqliteConnection } from './sqlite-connection.ts';
import type { SqliteCall, SqliteReply, SqliteThreadData } from './sqlite-protocol.ts';
import { tracked } from './tracked.ts';

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
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <Outcome>(work: () => Promise<Outcome>): Promise<Outcome> => {
    const turn = last.then(work);
    last = turn.catch(() => {});
    return turn;
  };
  const run: Run = (mode, operation, order) => inTurn(() => connection.run(mode, operation, order));
  const { operations, idle } = tracked(operationsOf(run, gatherSyncs(run, { parallel: 1, most: 64 })));
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

import { pino } from 'pino';
import { adminErase } from '../../../src/server/run/admin-data.ts';
import { adminRemove } from '../../../src/server/run/admin-people.ts';
import { startServer } from '../../../src/server/run/server.ts';
import type { Store } from '../../../src/server/store/store.ts';
import { openAt } from '../store/stores.ts';

/** Serves or acts on a board, and is gone like a process without power at the moment when it would erase somebody. */
const [act = '', data = '', key = '', member = ''] = process.argv.slice(2);
const opened = await openAt({ kind: 'sqlite', file: `${data}/server.db` });
const die = (): never => process.kill(process.pid, 'SIGKILL') as never;
const store: Store = { ...opened, eraseMember: async () => die(), eraseAll: async () => die() };
const secret = Buffer.from(key, 'hex');
if (act === 'serve') {
  const { address } = await startServer({
    config: {
      port: 0,
      host: '127.0.0.1',
      healthPort: undefined,
      publicUrl: undefined,
      data,
      databaseUrl: undefined,
      trustedProxies: [],
      logLevel: 'fatal',
    },
    store,
    key: secret,
    log: pino({ level: 'silent' }),
    version: '0.0.0',
    mostDelayMs: 60_000,
  });
  process.stdout.write(`${address}\n`);
} else {
  const organisation = await store.organisation({});
  if (organisation === null) throw new Error('there is no board');
  await { remove: adminRemove, erase: adminErase }[act as 'remove' | 'erase']({
    store,
    organisation,
    values: { yes: true },
    words: [member],
    place: { data, databaseUrl: undefined },
    publicUrl: '',
    key: () => secret,
    now: Date.now(),
    print: () => undefined,
  });
}

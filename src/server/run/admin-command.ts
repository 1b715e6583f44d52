import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Organisation } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { adminBackup, adminClose, adminErase, adminMigrate, adminOpen, adminRestore } from './admin-data.ts';
import { adminHelp } from './admin-help.ts';
import { adminInvite, adminInvites, adminMembers, adminPolicy, adminRemove } from './admin-people.ts';
import { configError, type Surroundings, serveEnvironment } from './config.ts';
import { openStore, type StorePlace } from './open-store.ts';
import { serverKey } from './server-key.ts';

/** What an act of the operator is given. */
export interface AdminAct {
  readonly store: Store;
  readonly organisation: Organisation;
  readonly values: AdminValues;
  readonly words: readonly string[];
  readonly place: StorePlace;
  readonly publicUrl: string;
  readonly key: () => Buffer;
  readonly now: number;
  print(text: string): void;
}

const adminFlags = {
  data: { type: 'string' },
  'database-url': { type: 'string' },
  'public-url': { type: 'string' },
  team: { type: 'string' },
  role: { type: 'string' },
  uses: { type: 'string' },
  days: { type: 'string' },
  purpose: { type: 'string' },
  organisation: { type: 'string' },
  contact: { type: 'string' },
  'works-agreement': { type: 'string' },
  'used-for-pay': { type: 'string' },
  cadence: { type: 'string' },
  k: { type: 'string' },
  top: { type: 'string' },
  quiet: { type: 'boolean' },
  metrics: { type: 'string' },
  notice: { type: 'string' },
  erase: { type: 'boolean' },
  yes: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

export type AdminValues = { readonly [Name in keyof typeof adminFlags]?: string | boolean | undefined };

const acts: Readonly<Record<string, (act: AdminAct) => Promise<void>>> = {
  invite: adminInvite,
  invites: adminInvites,
  members: adminMembers,
  remove: adminRemove,
  policy: adminPolicy,
  close: adminClose,
  open: adminOpen,
  erase: adminErase,
  backup: adminBackup,
  migrate: adminMigrate,
};

/** The operator's command, for whoever has the server's data at hand. Resolves with the exit code. */
export async function adminCommand(typed: readonly string[], surroundings: Surroundings): Promise<number> {
  const { values, positionals } = parse(typed);
  const [name, ...words] = positionals;
  if (values.help === true || name === undefined) {
    process.stdout.write(adminHelp);
    return 0;
  }
  const { env, defaultData } = surroundings;
  const told = (flag: 'data' | 'database-url' | 'public-url') =>
    values[flag] ?? (env[serveEnvironment[flag]] || undefined);
  const place: StorePlace = { data: told('data') ?? join(defaultData, 'server'), databaseUrl: told('database-url') };
  if (name === 'restore') {
    await adminRestore(place, words[0], values.yes === true, (text) => void process.stdout.write(`${text}\n`));
    return 0;
  }
  const act = acts[name];
  if (act === undefined)
    throw configError(`there is no 'admin ${name}'; there are ${[...Object.keys(acts), 'restore'].join(', ')}.`);
  const store = await openStore(place);
  try {
    const organisation = await store.organisation({});
    if (organisation === null) throw new Error('There is no board here yet: start it once with tokenboard serve.');
    await act({
      store,
      organisation,
      values,
      words,
      place,
      publicUrl: told('public-url') ?? 'http://127.0.0.1:4127',
      key: () => serverKey(place.data, env),
      now: Date.now(),
      print: (text) => void process.stdout.write(`${text}\n`),
    });
  } finally {
    await store.close();
  }
  return 0;
}

function parse(typed: readonly string[]) {
  try {
    return parseArgs({ args: [...typed], options: adminFlags, strict: true, allowPositionals: true });
  } catch (error) {
    throw configError(error instanceof Error ? error.message : String(error));
  }
}

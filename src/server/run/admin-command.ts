import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Organisation } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { adminAllowance } from './admin-allowances.ts';
import { adminAudit } from './admin-audit.ts';
import { adminBackup, adminClose, adminErase, adminMigrate, adminOpen, adminRestore } from './admin-data.ts';
import { adminHelp } from './admin-help.ts';
import { adminMove } from './admin-move.ts';
import { adminInvite, adminInvites, adminMembers, adminPolicy, adminRemove, adminRevoke } from './admin-people.ts';
import { checkDatabaseUrl, publicUrlOf, type Surroundings, serveEnvironment } from './config.ts';
import { configError, flagError } from './config-error.ts';
import { keepToOneself } from './data-folder.ts';
import { databaseFile, noBoard, openStore, type StorePlace } from './open-store.ts';
import { serverKey } from './server-key.ts';

/** What an act of the operator is given that opens no store. */
export interface AdminAlone {
  readonly values: AdminValues;
  readonly words: readonly string[];
  readonly place: StorePlace;
  readonly env: Surroundings['env'];
  readonly now: number;
  print(text: string): void;
}

/** What an act of the operator is given. */
export interface AdminAct extends Omit<AdminAlone, 'env'> {
  readonly store: Store;
  readonly organisation: Organisation;
  /** Where people reach the board; undefined where nobody has said so. */
  readonly publicUrl: string | undefined;
  readonly key: () => Buffer;
}

const adminFlags = {
  data: { type: 'string' },
  'database-url': { type: 'string' },
  'public-url': { type: 'string' },
  to: { type: 'string' },
  team: { type: 'string' },
  member: { type: 'string' },
  per: { type: 'string' },
  tokens: { type: 'string' },
  usd: { type: 'string' },
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

interface Act {
  readonly run?: (act: AdminAct) => Promise<void>;
  /** Instead of `run`, of one that takes no open store. */
  readonly alone?: (act: AdminAlone) => Promise<void>;
  /** Its own, beside those that say where the board is. */
  readonly flags?: readonly (keyof typeof adminFlags)[];
  readonly words?: number;
}

const policyFlags = [
  ...(['purpose', 'organisation', 'contact', 'works-agreement', 'used-for-pay'] as const),
  ...(['cadence', 'k', 'top', 'quiet', 'metrics'] as const),
];
const placeFlags: readonly string[] = ['data', 'database-url', 'public-url'];

const acts: Readonly<Record<string, Act>> = {
  policy: { run: adminPolicy, flags: policyFlags },
  invite: { run: adminInvite, flags: ['team', 'role', 'uses', 'days'] },
  invites: { run: adminInvites },
  revoke: { run: adminRevoke, words: 1 },
  members: { run: adminMembers },
  remove: { run: adminRemove, words: 1 },
  allowance: { run: adminAllowance, flags: ['member', 'team', 'per', 'tokens', 'usd'], words: 2 },
  audit: { run: adminAudit },
  close: { run: adminClose, flags: ['notice', 'erase'] },
  open: { run: adminOpen },
  erase: { run: adminErase, flags: ['yes'] },
  backup: { run: adminBackup, words: 1 },
  restore: { alone: adminRestore, flags: ['yes'], words: 1 },
  move: { alone: adminMove, flags: ['to'] },
  migrate: { run: adminMigrate },
};

/** The operator's command, for whoever has the server's data at hand. Resolves with the exit code. */
export async function adminCommand(typed: readonly string[], surroundings: Surroundings): Promise<number> {
  const { values, positionals } = parse(typed);
  const [name, ...words] = positionals;
  if (values.help === true || name === undefined) {
    process.stdout.write(adminHelp);
    return 0;
  }
  const act = acts[name];
  if (act === undefined) throw configError(`there is no 'admin ${name}'; there are ${Object.keys(acts).join(', ')}.`);
  checkUse(name, act, words, values);
  const { env, defaultData } = surroundings;
  const told = (flag: 'data' | 'database-url' | 'public-url') =>
    values[flag] ?? (env[serveEnvironment[flag]] || undefined);
  const place: StorePlace = { data: told('data') ?? join(defaultData, 'server'), databaseUrl: told('database-url') };
  checkDatabaseUrl(place.databaseUrl);
  keepToOneself();
  const print = (text: string): void => void process.stdout.write(`${text}\n`);
  const alone: AdminAlone = { values, words, place, env, now: Date.now(), print };
  await act.alone?.(alone);
  if (act.run === undefined) return 0;
  if (place.databaseUrl === undefined && !existsSync(databaseFile(place.data))) throw new Error(noBoard);
  const publicUrl = told('public-url');
  const store = await openStore(place);
  try {
    const organisation = await store.organisation({});
    if (organisation === null) throw new Error(noBoard);
    await act.run({
      ...alone,
      store,
      organisation,
      publicUrl: publicUrl === undefined ? undefined : publicUrlOf(publicUrl),
      key: () => serverKey(place.data, env),
    });
  } finally {
    await store.close();
  }
  return 0;
}

/** What is not meant for an act would be left without a word, so it is refused. */
function checkUse(name: string, act: Act, words: readonly string[], values: AdminValues): void {
  const wrong = Object.keys(values).find((flag) => ![...placeFlags, ...(act.flags ?? [])].includes(flag));
  if (wrong !== undefined) throw configError(`'admin ${name}' takes no --${wrong}.`);
  const extra = words[act.words ?? 0];
  if (extra !== undefined) throw configError(`'admin ${name}' does not know what to do with '${extra}'.`);
}

function parse(typed: readonly string[]) {
  try {
    return parseArgs({
      args: [...typed],
      options: adminFlags,
      strict: true,
      allowPositionals: true,
      allowNegative: true,
    });
  } catch (error) {
    throw flagError(error, 'admin');
  }
}

import { chmodSync, copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { eraseAllNoted } from '../store/noted-erasure.ts';
import { inUse, openAlone } from '../store/sqlite-alone.ts';
import type { AdminAct, AdminAlone } from './admin-command.ts';
import { configError } from './config-error.ts';
import { makeDataFolder } from './data-folder.ts';
import { erasureList } from './erasure-list.ts';
import { checkNotMoved } from './moved-mark.ts';
import { databaseFile } from './open-store.ts';

const operator = { member: null, role: null };

/** Closes all boards at once; with `--erase` everybody's data goes as well. */
export async function adminClose(act: AdminAct): Promise<void> {
  const { store, organisation, values, now, print } = act;
  if (typeof values.notice !== 'string' || values.notice === '') {
    throw configError('--notice is what everyone reads instead of the board.');
  }
  await store.setClosed({ org: organisation.org, by: operator, notice: values.notice, now });
  print('All boards are closed.');
  if (values.erase === true) await eraseEverybody(act);
}

export async function adminOpen({ store, organisation, now, print }: AdminAct): Promise<void> {
  await store.setClosed({ org: organisation.org, by: operator, notice: null, now });
  print('The boards are open.');
}

export async function adminErase(act: AdminAct): Promise<void> {
  if (act.values.yes !== true) throw configError('this erases the data of all members for good; say so with --yes.');
  await eraseEverybody(act);
}

export async function adminBackup({ store, words, print }: AdminAct): Promise<void> {
  const [file] = words;
  if (file === undefined) throw configError('say where to: tokenboard admin backup FILE');
  if (existsSync(file)) throw new Error(`${file} exists already.`);
  if (!existsSync(dirname(file))) throw new Error(`There is no folder ${dirname(file)}.`);
  await store.backup({ file });
  print(`Written to ${file}. Keep the list of those who were erased (the file 'erased') outside of it.`);
}

/** Opening a store migrates it, so there is nothing left to do. */
export async function adminMigrate({ store, print }: AdminAct): Promise<void> {
  print(`The ${store.kind === 'sqlite' ? 'SQLite' : 'PostgreSQL'} database is of this version.`);
}

/** Puts a copy in the place of an SQLite database; what was there is kept beside it. Throws while a server uses it. */
export async function adminRestore({ place, words: [file], values, print }: AdminAlone): Promise<void> {
  const { data, databaseUrl } = place;
  if (databaseUrl !== undefined) throw configError('PostgreSQL is restored with its own pg_restore.');
  if (file === undefined) throw configError('say from where: tokenboard admin restore FILE --yes');
  if (values.yes !== true)
    throw configError('this puts the copy in the place of all that is there now; say so with --yes.');
  checkCopy(file);
  makeDataFolder(data);
  const target = databaseFile(data);
  checkNotMoved(target);
  if (existsSync(target)) {
    checkUnused(target);
    const aside = `${target}.before-${new Date().toISOString().replace(/[:.]/g, '-')}`;
    renameSync(target, aside);
    print(`What was there is kept as ${aside}.`);
  }
  for (const suffix of ['-wal', '-shm']) rmSync(`${target}${suffix}`, { force: true });
  copyFileSync(file, target);
  chmodSync(target, 0o600);
  print('Restored. Members who were erased since are erased again when the server starts.');
}

async function eraseEverybody({ store, organisation, place, key, now, print }: AdminAct): Promise<void> {
  const list = erasureList(join(place.data, 'erased'), key());
  await eraseAllNoted(store, list, { org: organisation.org, by: operator, now });
  print('Everything about all members is erased.');
}

function checkCopy(file: string): void {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file, { readOnly: true });
    const { integrity_check: verdict } = database.prepare('PRAGMA integrity_check').get() ?? {};
    const known = database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'cell'").get();
    if (verdict !== 'ok' || known === undefined) throw new Error('it is damaged, or no copy of a board');
  } catch (cause) {
    throw new Error(`${file} cannot be restored: ${cause instanceof Error ? cause.message : cause}.`, { cause });
  } finally {
    database?.close();
  }
}

function checkUnused(target: string): void {
  let alone: DatabaseSync | null;
  try {
    alone = openAlone(target);
  } catch {
    // What is damaged is nobody's, and is what copies are restored for.
    return;
  }
  if (alone === null) throw new Error(inUse);
  alone.close();
}

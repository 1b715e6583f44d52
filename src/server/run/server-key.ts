import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configError } from './config-error.ts';
import { makeDataFolder } from './data-folder.ts';

const keyBytes = 32;
export const keyVariable = 'TOKENBOARD_SERVER_KEY';

/**
 * The key that hashes what must not be kept as it is: from the environment (64 hex digits, where several processes share a
 * database), else from a file in the data folder that only its owner reads and that is made at the first start.
 */
export function serverKey(data: string, env: Readonly<Record<string, string | undefined>>): Buffer {
  const told = env[keyVariable];
  if (told) {
    if (!/^[0-9a-f]{64}$/i.test(told)) throw configError(`${keyVariable} is 64 hex digits (openssl rand -hex 32).`);
    return Buffer.from(told, 'hex');
  }
  makeDataFolder(data);
  const file = join(data, 'server-key');
  if (!existsSync(file)) makeKey(file);
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'hex');
  if (key.length === keyBytes) return key;
  throw new Error(
    `${file} is damaged: it holds no 64 hex digits. Put it back from a copy, or remove it to have a new one.`,
  );
}

/** Another process may make it at the same time; whoever is first wins, and nobody reads half of it. */
function makeKey(file: string): void {
  const draft = `${file}-${randomBytes(6).toString('hex')}`;
  writeFileSync(draft, randomBytes(keyBytes).toString('hex'), { flag: 'wx', mode: 0o600, flush: true });
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
}

import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configError } from './config.ts';

const keyBytes = 32;
const variable = 'TOKENBOARD_SERVER_KEY';

/**
 * The key that hashes what must not be kept as it is: from the environment (64 hex digits, where several processes share a
 * database), else from a file in the data folder that only its owner reads and that is made at the first start.
 */
export function serverKey(data: string, env: Readonly<Record<string, string | undefined>>): Buffer {
  const told = env[variable];
  if (told) {
    if (!/^[0-9a-f]{64}$/i.test(told)) throw configError(`${variable} is 64 hex digits (openssl rand -hex 32).`);
    return Buffer.from(told, 'hex');
  }
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const file = join(data, 'server-key');
  try {
    writeFileSync(file, randomBytes(keyBytes).toString('hex'), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return Buffer.from(readFileSync(file, 'utf8').trim(), 'hex');
}

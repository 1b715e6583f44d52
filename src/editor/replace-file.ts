import { mkdir, realpath, rename, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Puts a text in place of a file's, whole or not at all, and makes the file where there is none. A link stays a link, as where
 * settings are kept in a repository, and what only its owner could read stays so.
 */
export async function replaceFile(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const real = await realpath(file).catch(() => file);
  const mode = await stat(real).then(
    (found) => found.mode & 0o777,
    () => undefined,
  );
  const beside = `${real}.tokenboard`;
  await writeFile(beside, text, mode === undefined ? {} : { mode });
  await rename(beside, real);
}

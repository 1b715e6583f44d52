import { mkdirSync } from 'node:fs';

/** Makes the folder of the server's data where there is none; nobody else of this machine may look into it. */
export function makeDataFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new Error(`The data folder ${folder} cannot be made: ${cause instanceof Error ? cause.message : cause}`, {
      cause,
    });
  }
}

/** What this process makes from now on, nobody else of this machine may read. */
export function keepToOneself(): void {
  process.umask(0o077);
}

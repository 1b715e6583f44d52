import { closeSync, existsSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

/** The file beside a database that says where its board lives on. */
function movedMark(database: string): string {
  return `${database}-moved`;
}

/** Says beside a database that its board was moved, and where to; on the disk before anything else goes on. */
export function markMoved(database: string, url: string, now: number): void {
  const { host, pathname } = new URL(url);
  const text = `${new Date(now).toISOString()} ${host}${pathname}\n`;
  const handle = openSync(movedMark(database), 'wx', 0o600);
  try {
    writeFileSync(handle, text, { flush: true });
  } finally {
    closeSync(handle);
  }
}

export function unmarkMoved(database: string): void {
  rmSync(movedMark(database), { force: true });
}

/** Two boards of the same members would each get a part of what they share. Throws where this one lives on elsewhere. */
export function checkNotMoved(database: string): void {
  const mark = movedMark(database);
  if (!existsSync(mark)) return;
  const [time = '', place = ''] = readFileSync(mark, 'utf8').trim().split(' ');
  throw new Error(
    `This board was moved to PostgreSQL (${place}, ${time.slice(0, 10)}): name it with --database-url or DATABASE_URL. ` +
      `To go back to what SQLite had then, and to lose what came since, stop the other one and remove ${mark}.`,
  );
}

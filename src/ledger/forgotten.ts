import type { DatabaseSync } from 'node:sqlite';

/** Tells whether a request of a time and a project is to stay forgotten, or, without a project, a reading of a limit. */
export type Forgets = (time: number, project?: string) => boolean;

/** What the ledger was told to forget; undefined where that is nothing. */
export function forgottenIn(database: DatabaseSync): Forgets | undefined {
  const rules = database
    .prepare('SELECT project, since, until FROM forgotten')
    .all()
    .map((row) => ({ project: String(row.project), since: Number(row.since), until: Number(row.until) }));
  if (rules.length === 0) return undefined;
  return (time, project) =>
    rules.some(
      (rule) =>
        time >= rule.since &&
        time < rule.until &&
        (rule.project === '' || (project !== undefined && isInFolder(project, rule.project))),
    );
}

/** Whether a path is a folder or lies below it; paths of any platform. */
export function isInFolder(path: string, folder: string): boolean {
  const whole = comparable(folder);
  const inner = comparable(path);
  return inner === whole || inner.startsWith(whole.endsWith('/') ? whole : `${whole}/`);
}

/** Drives and what is on them have no case. */
function comparable(path: string): string {
  const slashed = path.replaceAll('\\', '/').replace(/(?<=.)\/+$/, '');
  return /^[a-z]:/i.test(slashed) ? slashed.toLowerCase() : slashed;
}

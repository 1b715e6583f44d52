import { readdirSync, readFileSync } from 'node:fs';

/** The folders below a folder. */
export function foldersIn(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isDirectory()).length;
}

/** The folders and files that the system watches for a process and all others of its group. */
export function watchesOf(pid: number): number {
  const group = groupOf(pid);
  return namesIn('/proc')
    .filter((name) => /^\d+$/.test(name) && groupOf(Number(name)) === group)
    .flatMap((name) => namesIn(`/proc/${name}/fdinfo`).map((file) => textOf(`/proc/${name}/fdinfo/${file}`)))
    .reduce((sum, text) => sum + text.split('\n').filter((line) => line.startsWith('inotify ')).length, 0);
}

function groupOf(pid: number): string | undefined {
  // The name of a command may hold spaces.
  return textOf(`/proc/${pid}/stat`).split(') ')[1]?.split(' ')[2];
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Processes and files end at any moment. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

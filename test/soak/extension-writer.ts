import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../demo/random.ts';
import type { SessionFile } from './extension-sessions.ts';

/** How a tool writes. */
export interface Pace {
  readonly random: Random;
  /** Between two records. */
  pause(): Promise<void>;
}

/** Tools whose logs may be cut down by themselves: each record names itself. */
const compacting: readonly string[] = [
  ...['claude-code', 'gemini-cli', 'qwen-code', 'copilot-cli', 'openclaw', 'deepseek-harness'],
];

/** Writes a session's files as the tool would: record by record, sometimes half of one first. Gives how many records. */
export async function writeSession(home: string, files: readonly SessionFile[], pace: Pace): Promise<number> {
  let records = 0;
  for (const file of files) {
    const path = join(home, file.path);
    mkdirSync(dirname(path), { recursive: true });
    const added = await writers[file.kind](path, file.text, pace);
    records += added;
  }
  return records;
}

const writers = { lines: writeLines, statements: runStatements, document: writeDocument };

async function writeLines(path: string, text: string, { random, pause }: Pace): Promise<number> {
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  for (const line of lines) {
    await pause();
    const whole = line.endsWith('\n') ? line : `${line}\n`;
    const cut = random.chance(0.25) ? random.whole(0, whole.length - 1) : whole.length;
    appendFileSync(path, whole.slice(0, cut));
    if (cut === whole.length) continue;
    await sleep(random.whole(1, 60));
    appendFileSync(path, whole.slice(cut));
  }
  return lines.length;
}

async function writeDocument(path: string, text: string, { random, pause }: Pace): Promise<number> {
  await pause();
  if (random.chance(0.3)) {
    writeFileSync(path, text.slice(0, random.whole(0, text.length - 1)));
    await sleep(random.whole(1, 60));
  }
  writeFileSync(path, text);
  return 1;
}

async function runStatements(script: string, text: string, { pause }: Pace): Promise<number> {
  const statements = text
    .replaceAll(
      /\bCREATE (UNIQUE )?(TABLE|INDEX) (?!IF)/g,
      (_, unique = '', what) => `CREATE ${unique}${what} IF NOT EXISTS `,
    )
    .split(/;\r?\n(?=(?:INSERT|CREATE|UPDATE|DELETE|--))/);
  // The tool has its database open as long as it runs, and what it writes waits beside it.
  const database = new DatabaseSync(script.replace(/\.sql$/, ''));
  try {
    database.exec('PRAGMA journal_mode = WAL; PRAGMA busy_timeout = 10000');
    for (const statement of statements) {
      await pause();
      database.exec(statement);
    }
  } finally {
    database.close();
  }
  return statements.length;
}

/** What becomes of the logs of a session that is over: they stay, are cut down, or are thrown away. Gives which. */
export function tidy(
  home: string,
  tool: string,
  files: readonly SessionFile[],
  own: (path: string) => boolean,
  random: Random,
): 'kept' | 'cut down' | 'removed' {
  const logs = files.filter(({ path, kind }) => kind !== 'statements' && own(path) && existsSync(join(home, path)));
  const fate = random.pick([
    ['kept', 5],
    ['cut down', compacting.includes(tool) ? 3 : 0],
    ['removed', 3],
  ] as const);
  if (logs.length === 0) return 'kept';
  for (const { path, kind } of logs) {
    const file = join(home, path);
    if (fate === 'removed') rmSync(file);
    else if (fate === 'cut down' && kind === 'lines') {
      const lines = readFileSync(file, 'utf8').split('\n');
      writeFileSync(file, lines.slice(Math.floor(lines.length / 2)).join('\n'));
    }
  }
  return fate;
}

import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { DemoSession } from './plan.ts';

const schema = `
  create table if not exists project (id text primary key, worktree text not null, time_created integer not null);
  create table if not exists session (id text primary key, project_id text not null, parent_id text,
    directory text not null, title text not null, time_created integer not null, time_updated integer not null);
  create table if not exists message (id text primary key, session_id text not null,
    time_created integer not null, time_updated integer not null, data text not null);
  create table if not exists part (id text primary key, message_id text not null, session_id text not null,
    time_created integer not null, time_updated integer not null, data text not null);
`;

/** Writes sessions as OpenCode does: rows of its SQLite database, whose output excludes the reasoning. */
export function writeOpenCode(home: string, sessions: readonly DemoSession[]): void {
  const file = join(home, '.local', 'share', 'opencode', 'opencode.db');
  mkdirSync(dirname(file), { recursive: true });
  const database = new DatabaseSync(file);
  try {
    database.exec(`pragma journal_mode = wal; begin; ${schema}`);
    for (const session of sessions) writeSession(database, session);
    database.exec('commit');
  } finally {
    database.close();
  }
}

function writeSession(database: DatabaseSync, session: DemoSession): void {
  const { project, model } = session;
  const begun = session.requests[0]?.time ?? 0;
  const id = `ses_${session.id}`;
  database.prepare('insert or ignore into project values (?, ?, ?)').run(project, project, begun);
  database
    .prepare('insert into session values (?, ?, null, ?, ?, ?, ?)')
    .run(id, project, project, 'Demo session', begun, begun);
  const insert = database.prepare('insert into message values (?, ?, ?, ?, ?)');
  for (const request of session.requests) {
    const data = {
      role: 'assistant',
      modelID: model,
      providerID: model.startsWith('claude') ? 'anthropic' : 'moonshotai',
      cost: 0,
      tokens: {
        input: request.input,
        output: request.output - request.reasoning,
        reasoning: request.reasoning,
        cache: { read: request.cacheRead, write: request.cacheWrite },
      },
      time: { created: request.time, completed: request.time + 4000 },
      path: { cwd: project, root: project },
    };
    insert.run(`msg_${request.id}`, id, request.time, request.time + 4000, JSON.stringify(data));
  }
}

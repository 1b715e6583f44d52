import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DemoSession } from './plan.ts';

/** Writes a session as Gemini CLI does: one JSON document, whose input includes the cache and whose output no thoughts. */
export function writeGemini(home: string, session: DemoSession): void {
  const [first] = session.requests;
  const last = session.requests.at(-1);
  if (first === undefined || last === undefined) return;
  const begun = new Date(first.time).toISOString();
  const folder = session.project.split('/').at(-1) ?? 'demo';
  const document = {
    sessionId: session.id,
    projectHash: folder,
    startTime: begun,
    lastUpdated: new Date(last.time).toISOString(),
    messages: session.requests.map((request) => ({
      id: request.id,
      timestamp: new Date(request.time).toISOString(),
      type: 'gemini',
      content: 'demo',
      model: session.model,
      tokens: {
        input: request.input + request.cacheRead,
        output: request.output - request.reasoning,
        cached: request.cacheRead,
        thoughts: request.reasoning,
        tool: 0,
        total: request.input + request.cacheRead + request.output,
      },
    })),
  };
  const name = `session-${begun.slice(0, 16).replace(':', '-')}-${session.id}.json`;
  const file = join(home, '.gemini', 'tmp', folder, 'chats', name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(document));
}

/** Writes Gemini CLI's list of its project folders. */
export function writeGeminiProjects(home: string, sessions: readonly DemoSession[]): void {
  const projects = Object.fromEntries(sessions.map(({ project }) => [project, project.split('/').at(-1)]));
  mkdirSync(join(home, '.gemini'), { recursive: true });
  writeFileSync(join(home, '.gemini', 'projects.json'), JSON.stringify({ projects }));
}

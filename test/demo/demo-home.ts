import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { claudeFile, claudeLine } from './claude-log.ts';
import { writeCodex } from './codex-log.ts';
import { writeGemini, writeGeminiProjects } from './gemini-log.ts';
import { writeOpenCode } from './opencode-log.ts';
import { type DemoSession, planSessions } from './plan.ts';

export interface DemoOptions {
  /** Epoch milliseconds; default the present. */
  readonly now?: number;
  /** Default 90. */
  readonly days?: number;
  readonly seed?: number;
}

const readme = `# Demo data

Everything that Tokenboard shows in this window is **made up**: 90 days of a developer's sessions with Claude Code, Codex,
Gemini CLI and OpenCode, written into a home folder of its own. Your own logs and settings are not touched, and this folder
is removed when the demo ends.

Look at the status bar, at the bottom: while the demo runs, a request is added to a log every few seconds, and the counter
goes on. Hover over it for today's figures; click it for more.
`;

/** Fills a home folder with the logs of made-up sessions. Gives the sessions, and the folder to open. */
export function writeDemoHome(home: string, options: DemoOptions = {}) {
  const { now = Date.now(), days = 90, seed = 1 } = options;
  const folder = join(home, 'demo-projects');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'README.md'), readme);
  const sessions = planSessions({ projects: folder, now, days, seed });
  for (const session of sessions) {
    if (session.tool === 'claude-code') writeClaude(home, session);
    if (session.tool === 'codex') writeCodex(home, session);
    if (session.tool === 'gemini-cli') writeGemini(home, session);
  }
  writeGeminiProjects(home, sessions);
  writeOpenCode(
    home,
    sessions.filter(({ tool }) => tool === 'opencode'),
  );
  return { folder, sessions };
}

function writeClaude(home: string, session: DemoSession): void {
  const { id, model, project, branch } = session;
  const file = claudeFile(home, id, project);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(
    file,
    session.requests.map((request) => claudeLine({ ...request, session: id, project, branch, model })).join(''),
  );
}

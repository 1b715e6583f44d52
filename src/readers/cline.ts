import type { UsageEvent } from '../usage/usage-event.ts';
import { sessionEvents, sessionShape } from './cline-sessions.ts';
import { messageShape, type TaskCarry, type TaskDialect, taskEvents, taskFormat } from './cline-tasks.ts';
import type { Json } from './json.ts';
import { type LogFile, type LogPlace, type Machine, reader } from './reader.ts';
import { placesInUserFolders } from './vscode-data.ts';

/** Most providers' input is told without the cache; these pass on what a server says, and that includes it. */
const inclusive = new Set(['openai', 'litellm']);

const dialect: TaskDialect = {
  name: 'cline',
  cacheIsInside: (provider) => provider !== undefined && inclusive.has(provider),
};

const sessions = /(?:^|\/)[^/]+\/[^/]+\.messages\.json$/;

/** Cline in VS Code, with a file of messages a task; its command and newer versions, with one a session. */
export const cline = reader<never, TaskCarry, never>({
  id: 'cline',
  title: 'Cline',
  version: 1,
  evidence: 'source',
  note: 'Exact as told by the provider; tasks that were deleted before the first reading are lost.',
  logs,
  document: { ...taskFormat(dialect), shape: { ...messageShape, ...sessionShape }, document },
});

function logs(machine: Machine): readonly LogPlace[] {
  const { home: written, platform, env } = machine;
  const slashes = (path: string) =>
    (platform === 'win32' ? path.replaceAll('\\', '/') : path).replace(/(?<=.)\/+$/, '');
  const data = slashes(env.CLINE_DATA_DIR || `${env.CLINE_DIR || `${written}/.cline`}/data`);
  const sessionFolder = slashes(env.CLINE_SESSION_DATA_DIR || `${data}/sessions`);
  const messages = ['[^/]+', 'ui_messages\\.json'];
  return [
    ...placesInUserFolders(machine, 'globalStorage/saoudrizwan.claude-dev/tasks', [messages], 'document'),
    { dir: `${data}/tasks`, files: /^[^/]+\/ui_messages\.json$/, kind: 'document', depth: 1 },
    { dir: sessionFolder, files: /^[^/]+\/[^/]+\.messages\.json$/, kind: 'document', depth: 1 },
  ];
}

function document(value: Json, carry: TaskCarry, log: LogFile): Iterable<UsageEvent> {
  return sessions.test(log.path) ? sessionEvents(value, log) : taskEvents(value, carry, log, dialect);
}

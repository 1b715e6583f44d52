import { type TaskCarry, taskFormat } from './cline-tasks.ts';
import { reader } from './reader.ts';
import { placesInUserFolders } from './vscode-data.ts';

const tasks = 'globalStorage/kilocode.kilo-code/tasks';

/** Kilo Code, which came from Roo Code and tells its counts in the same way. */
export const kiloCode = reader<never, TaskCarry, never>({
  id: 'kilo-code',
  title: 'Kilo Code',
  version: 1,
  evidence: 'source',
  note: 'Exact as told by the provider; tasks that were deleted before the first reading are lost.',
  logs: (machine) => placesInUserFolders(machine, tasks, [['[^/]+', 'ui_messages\\.json']], 'document'),
  document: taskFormat({ name: 'kilo-code', cacheIsInside: () => true }),
});

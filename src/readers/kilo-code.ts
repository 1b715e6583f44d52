import { type TaskCarry, taskFormat } from './cline-tasks.ts';
import { reader } from './reader.ts';
import { placesInUserFolders, tasksElsewhere } from './vscode-data.ts';

const tasks = 'globalStorage/kilocode.kilo-code/tasks';

/** Kilo Code, which came from Roo Code and tells its counts in the same way. */
export const kiloCode = reader<never, TaskCarry, never>({
  id: 'kilo-code',
  title: 'Kilo Code',
  version: 1,
  evidence: 'source',
  note: 'Exact as told by the provider; tasks that were deleted before the first reading are lost.',
  logs: (machine, read) => [
    ...placesInUserFolders(machine, tasks, [['[^/]+', 'ui_messages\\.json']], 'document'),
    ...tasksElsewhere(machine, 'kilo-code.customStoragePath', /^[^/]+\/ui_messages\.json$/, read),
  ],
  document: taskFormat({ name: 'kilo-code', cacheIsInside: () => true }),
});

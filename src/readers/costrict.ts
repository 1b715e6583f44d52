import { type TaskCarry, taskFormat } from './cline-tasks.ts';
import { reader } from './reader.ts';
import { placesInUserFolders, tasksElsewhere } from './vscode-data.ts';

const tasks = 'globalStorage/zgsm-ai.zgsm/tasks';

/** CoStrict's extension, which came from Roo Code and tells its counts in the same way. */
export const costrict = reader<never, TaskCarry, never>({
  id: 'costrict',
  title: 'CoStrict',
  version: 1,
  evidence: 'source',
  note: 'Exact as told by the provider; tasks that were deleted before the first reading are lost.',
  logs: (machine, read) => [
    ...placesInUserFolders(machine, tasks, [['[^/]+', 'ui_messages\\.json']], 'document'),
    ...tasksElsewhere(machine, 'zgsm.customStoragePath', /^[^/]+\/ui_messages\.json$/, read),
  ],
  document: taskFormat({ name: 'costrict', cacheIsInside: () => true }),
});

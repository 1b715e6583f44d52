import { type TaskCarry, taskFormat } from './cline-tasks.ts';
import { reader } from './reader.ts';
import { placesInUserFolders, tasksElsewhere } from './vscode-data.ts';

const tasks = 'globalStorage/zoocodeorganization.zoo-code/tasks';

/** Zoo Code, which goes on where Roo Code ended: tasks that a person took along are Roo Code's by their keys, and count once. */
export const zooCode = reader<never, TaskCarry, never>({
  id: 'zoo-code',
  title: 'Zoo Code',
  version: 1,
  evidence: 'source',
  note: 'Exact as told by the provider; tasks that were deleted before the first reading are lost.',
  logs: (machine, read) => [
    ...placesInUserFolders(machine, tasks, [['[^/]+', 'ui_messages\\.json']], 'document'),
    ...tasksElsewhere(machine, 'zoo-code.customStoragePath', /^[^/]+\/ui_messages\.json$/, read),
  ],
  document: taskFormat({ name: 'roo-code', cacheIsInside: () => true, heir: true }),
});

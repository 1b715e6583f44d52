import { type TaskCarry, taskFormat } from './cline-tasks.ts';
import { reader } from './reader.ts';
import { placesInUserFolders, tasksElsewhere } from './vscode-data.ts';

const tasks = 'globalStorage/rooveterinaryinc.roo-cline/tasks';

/** Roo Code. Since version 3.29.5 the input that it tells holds what was cached, so that it is never less than that. */
export const rooCode = reader<never, TaskCarry, never>({
  id: 'roo-code',
  title: 'Roo Code',
  version: 1,
  evidence: 'source',
  note: 'Exact as told by the provider; tasks that were deleted before the first reading are lost.',
  logs: (machine, read) => [
    ...placesInUserFolders(machine, tasks, [['[^/]+', 'ui_messages\\.json']], 'document'),
    ...tasksElsewhere(machine, 'roo-cline.customStoragePath', /^[^/]+\/ui_messages\.json$/, read),
  ],
  document: taskFormat({ name: 'roo-code', cacheIsInside: () => true }),
});

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { appendClaude } from '../demo/claude-log.ts';

/** Logs in other places, and a folder whose own settings ask for what they may not. Gives what the suite must know of it. */
export function settingsEnv(temporary: string, folder: string): Record<string, string> {
  const [otherHome, ownFolder] = [join(temporary, 'other-home'), join(temporary, 'backup')];
  const request = { session: 'other', project: '/home/dev/demo-other', time: Date.now() };
  appendClaude(otherHome, { ...request, id: 'other', output: 555 });
  appendClaude(ownFolder, { ...request, session: 'own', id: 'own', output: 445 });
  mkdirSync(join(folder, '.vscode'));
  const demanding = {
    'tokenboard.cost.source': 'reported',
    'tokenboard.timeZone': 'Pacific/Kiritimati',
    'tokenboard.tools': { 'claude-code': false },
    'tokenboard.logFolders': [otherHome],
  };
  writeFileSync(join(folder, '.vscode', 'settings.json'), JSON.stringify(demanding));
  return { TOKENBOARD_TEST_HOME: otherHome, TOKENBOARD_TEST_FOLDER: join(ownFolder, '.claude') };
}

import type { MachinePolicy } from '../team/machine-policy.ts';
import type { Translate } from './words.ts';

/** What whoever runs this machine forbids of sharing, as a sentence; undefined where nothing is. */
export function forbiddenWords({ file, state, sharing, servers }: MachinePolicy, t: Translate): string | undefined {
  if (state === 'unreadable') {
    return t(
      'The machine policy {0} cannot be understood, so nothing can be shared. Ask whoever runs this machine.',
      file,
    );
  }
  if (!sharing) return t('Whoever runs this machine has switched team sharing off, in {0}.', file);
  if (servers === null) return undefined;
  return t('Whoever runs this machine allows sharing with these servers only: {0} ({1}).', servers.join(', '), file);
}

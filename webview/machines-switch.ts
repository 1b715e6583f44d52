import type { Machines } from '../src/dashboard/protocol/machines.ts';
import { t } from './l10n.ts';
import { segments } from './segments.ts';
import type { ViewContext } from './view.ts';

const kept = 'overview.machines';

/** Chooses between this machine and all of a person's; it is there only for those who share, whose other machines are known. */
export function machinesSwitch({ sharing, recall, remember }: ViewContext, onChange: () => void) {
  const row = segments({
    label: t('Whose figures are shown'),
    choices: [
      { value: 'this', text: t('This machine'), short: t('This') },
      { value: 'all', text: t('All my machines'), short: t('All') },
    ],
    value: recall<'this' | 'all'>(kept) ?? 'this',
    onChange(value) {
      remember(kept, value);
      onChange();
    },
  });
  row.element.hidden = !sharing();
  return {
    element: row.element,
    /** What is chosen, as far as it can be now. */
    shown(): Machines | undefined {
      row.element.hidden = !sharing();
      return sharing() && recall(kept) === 'all' ? 'all' : undefined;
    },
  };
}

import type { Scope } from '../src/dashboard/protocol/scope.ts';
import { el } from './dom.ts';
import { icon } from './icon.ts';
import { t } from './l10n.ts';
import type { ViewContext } from './view.ts';

/** Buttons that save the figures of the chosen period and filter as a file. */
export function exportRow(context: ViewContext, scope: () => Scope | undefined): HTMLElement {
  const save = (format: 'csv' | 'json', text: string) =>
    el(
      'button',
      {
        type: 'button',
        class: 'tb-quiet-button',
        onclick() {
          const chosen = scope();
          if (chosen === undefined) return;
          context.act({ act: 'saveText', name: `tokenboard-${chosen.period.kind}.${format}`, scope: chosen, format });
        },
      },
      icon('export'),
      text,
    );
  return el('div', { class: 'tb-export' }, save('csv', t('Save as CSV')), save('json', t('Save as JSON')));
}

import { el } from './dom.ts';
import { icon } from './icon.ts';
import { t } from './l10n.ts';

/** A chart with the table behind it: a button shows the one or the other. The table is made when it is asked for. */
export function withDataTable(chart: HTMLElement, table: () => HTMLElement) {
  let open = false;
  const place = el('div', { class: 'tb-data-table', hidden: true });
  const text = el('span', {});
  const button = el(
    'button',
    { type: 'button', class: 'tb-quiet-button', 'data-key': 'as-table' },
    icon('table'),
    text,
  );
  const element = el('div', { class: 'tb-charted' }, chart, place);

  function show(): void {
    chart.hidden = open;
    place.hidden = !open;
    place.replaceChildren(...(open ? [table()] : []));
    text.textContent = open ? t('Show as chart') : t('Show as table');
  }

  button.addEventListener('click', () => {
    open = !open;
    show();
  });
  show();
  return {
    element,
    button,
    /** The figures have changed. */
    renew(): void {
      if (open) show();
    },
  };
}

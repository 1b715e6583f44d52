import type { Filter } from '../src/dashboard/protocol/scope.ts';
import { el } from './dom.ts';
import { type FilterKind, filterKinds, isFiltered, withValue } from './filter-parts.ts';
import { icon } from './icon.ts';
import { replaceKeepingFocus } from './keep-focus.ts';
import { t } from './l10n.ts';

/** What the figures are narrowed to, one chip each, that a click takes away. Nothing is shown without a filter. */
export function chips(nameOf: (kind: FilterKind, value: string) => string, onChange: (filter: Filter) => void) {
  const element = el('div', { class: 'tb-chips', role: 'group', 'aria-label': t('Filter'), hidden: true });

  function show(filter: Filter): void {
    element.hidden = !isFiltered(filter);
    const all = filterKinds.flatMap((kind) =>
      (filter[kind] ?? []).map((value) => {
        const name = nameOf(kind, value);
        return el(
          'button',
          {
            type: 'button',
            class: 'tb-chip',
            'data-key': `${kind} ${value}`,
            'aria-label': t('Remove the filter {0}', name),
            title: value,
            onclick: () => onChange(withValue(filter, kind, value, false)),
          },
          el('span', { class: 'tb-cut' }, name),
          icon('close'),
        );
      }),
    );
    const clear = el(
      'button',
      { type: 'button', class: 'tb-link-button tb-small', 'data-key': 'clear', onclick: () => onChange({}) },
      t('Clear all'),
    );
    replaceKeepingFocus(element, ...all, clear);
  }

  return { element, show };
}

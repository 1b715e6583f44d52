import type { ShareView } from '../src/dashboard/protocol/team.ts';
import { el } from './dom.ts';
import type { Formats } from './formats.ts';
import { t } from './l10n.ts';
import { panel } from './team-explain.ts';
import { visibilityTitle } from './team-words.ts';

/** What was agreed to, the latest first. */
export function consentsPanel({ consents }: ShareView, formats: Formats): HTMLElement {
  return panel(
    { title: t('What you agreed to'), name: 'consents' },
    consents.length === 0
      ? el('p', { class: 'tb-muted' }, t('Nothing yet.'))
      : el(
          'ul',
          { class: 'tb-plain-rows tb-tall-rows' },
          ...consents
            .toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at))
            .map((consent) => {
              const also = [
                consent.models ? t('models') : '',
                consent.badges ? t('badges') : '',
                consent.timeBadges ? t('badges that tell when you work') : '',
              ].filter(Boolean);
              const as = [visibilityTitle(consent.visibility), consent.displayName ?? ''].filter(Boolean).join(', ');
              return el(
                'li',
                {},
                el(
                  'span',
                  {},
                  formats.moment(Date.parse(consent.at)),
                  el('span', { class: 'tb-muted' }, ` · ${t('policy {0}', consent.policyVersion)}`),
                ),
                el('span', { class: 'tb-small tb-muted' }, also.length === 0 ? as : `${as} · ${also.join(', ')}`),
              );
            }),
        ),
  );
}

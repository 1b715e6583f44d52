import type { CountingView } from '../src/dashboard/protocol/messages.ts';
import { el } from './dom.ts';
import { icon } from './icon.ts';
import { t } from './l10n.ts';
import { button } from './ui.ts';
import type { ViewContext } from './view.ts';

/** All of them would be a page of names; the button tells of each. */
const toolsNamed = 5;

/** What stands where nothing was ever counted: what was looked for, and a way to see where. */
export function emptyState(context: Pick<ViewContext, 'act' | 'formats'>, counting: CountingView) {
  const words = el('p', { class: 'tb-muted' });
  const title = el('h2', { class: 'tb-empty-title' });
  const where = button({ text: t('Where it looked'), onClick: () => context.act({ act: 'command', id: 'doctor' }) });
  const element = el('section', { class: 'tb-empty', hidden: true }, icon('graph'), title, words, where);
  count(counting);

  function count({ first, tools }: CountingView): void {
    title.textContent = first ? t('Reading your logs for the first time') : t('Nothing was counted yet');
    const named = tools.length > toolsNamed + 1 ? tools.slice(0, toolsNamed) : tools;
    const others = tools.length > named.length ? [t('{0} other tools', tools.length - named.length)] : [];
    const list = new Intl.ListFormat(context.formats.locale, { type: 'disjunction' }).format([...named, ...others]);
    words.title = tools.join(', ');
    words.textContent = first
      ? t('Figures appear here as soon as the first requests are counted.')
      : t('No logs of {0} were found on this machine. As soon as one of them writes, it is counted.', list);
    where.hidden = first;
  }

  return {
    element,
    count,
    show(isEmpty: boolean): void {
      element.hidden = !isEmpty;
    },
  };
}

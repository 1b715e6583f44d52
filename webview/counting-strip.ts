import type { CountingView } from '../src/dashboard/protocol/messages.ts';
import { el } from './dom.ts';
import type { Formats } from './formats.ts';
import { icon } from './icon.ts';
import { t } from './l10n.ts';
import { meter } from './meter.ts';

/** A line that tells how far the first count has come, or what keeps it from being kept; else nothing. */
export function countingStrip(formats: Formats) {
  const words = el('span', {});
  const sign = el('span', {});
  const bar = el('span', { class: 'tb-strip-meter' });
  const element = el('div', { class: 'tb-strip', role: 'status', hidden: true }, sign, words, bar);

  function show({ first, progress, problem }: CountingView): void {
    const counting = first && progress !== undefined;
    element.hidden = !counting && problem === undefined;
    sign.replaceChildren(...(problem === undefined ? [] : [icon('warning')]));
    bar.replaceChildren();
    words.textContent = problem ?? '';
    if (problem !== undefined || !counting) return;
    const share = formats.percent(progress, 0);
    words.textContent = t('Still counting: {0} of your logs are read. Figures fill in as it goes.', share);
    bar.replaceChildren(meter({ label: t('{0} of the logs are read', share), share: progress }));
  }

  return { element, show };
}

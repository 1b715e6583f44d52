import type { HabitId, HabitView } from '../src/dashboard/protocol/insights.ts';
import { el } from './dom.ts';
import { t } from './l10n.ts';
import { momentWords } from './sessions-words.ts';
import type { ViewContext } from './view.ts';

interface HabitWords {
  readonly title: string;
  /** What its money stands for. */
  readonly cost: string;
  readonly meaning: string;
  readonly advice: string;
}

/** The habits that cost the most, each with what it means, what to do, and the sessions that show it. */
export function habitList(habits: readonly HabitView[], context: ViewContext): HTMLElement {
  if (habits.length === 0)
    return el('p', { class: 'tb-muted' }, t('No costly habit stands out in this period: nothing to change.'));
  return el('ol', { class: 'tb-habits' }, ...habits.map((habit) => habitItem(habit, context)));
}

function habitItem(habit: HabitView, context: ViewContext): HTMLElement {
  const { formats } = context;
  const { title, cost, meaning, advice } = habitWords(habit.id);
  const requests = habit.requests === 1 ? t('1 request') : t('{0} requests', formats.exact(habit.requests));
  return el(
    'li',
    { class: 'tb-habit', 'data-habit': habit.id },
    el(
      'div',
      { class: 'tb-habit-cost' },
      el('p', { class: 'tb-second' }, formats.money(habit.costNanoUSD)),
      el('p', { class: 'tb-muted tb-small' }, cost),
      el('p', { class: 'tb-muted tb-small' }, `${requests} · ${t('{0} tokens', formats.compact(habit.tokens))}`),
    ),
    el(
      'div',
      { class: 'tb-habit-words' },
      el('h3', { class: 'tb-strong tb-habit-title' }, title),
      el('p', {}, meaning),
      el('p', { class: 'tb-habit-advice' }, advice),
      habit.sessions.length === 0
        ? undefined
        : el(
            'ul',
            { class: 'tb-habit-sessions', 'aria-label': t('Sessions that show it: {0}', title) },
            ...habit.sessions.map((session) => {
              const words = `${folderName(session.project) || t('no project')}, ${momentWords(session.start, formats)}`;
              return el(
                'li',
                {},
                el(
                  'button',
                  {
                    type: 'button',
                    class: 'tb-link-button',
                    'data-key': `${habit.id} ${session.id}`,
                    onclick: () => context.go('sessions', session.id),
                  },
                  words,
                ),
                el('span', { class: 'tb-muted tb-small' }, ` ${formats.money(session.costNanoUSD)}`),
              );
            }),
          ),
    ),
  );
}

function folderName(folder: string): string {
  return folder.split(/[\\/]/).findLast((part) => part !== '') ?? '';
}

function habitWords(id: HabitId): HabitWords {
  switch (id) {
    case 'long-context':
      return {
        title: t('Very long contexts'),
        cost: t('what these requests cost'),
        meaning: t(
          'These requests carried over 200K tokens of input each, and all of it is read and paid again with every further step.',
        ),
        advice: t('Begin a new session for a new task, or compact the context well before it has grown so long.'),
      };
    case 'cold-cache':
      return {
        title: t('Coming back to a cold cache'),
        cost: t('more than reading it would have cost'),
        meaning: t(
          'After a pause longer than the cache lives, the whole context was written to it again at the full price.',
        ),
        advice: t(
          'Finish a thought before a break; after one, a new session with a short summary is cheaper than a long old one.',
        ),
      };
    case 'endless-session':
      return {
        title: t('Sessions without an end'),
        cost: t('for reading their past again'),
        meaning: t('Sessions that stay open over many hours of work send their whole past along with each request.'),
        advice: t('Close a session once its task is done, and carry over only what the next one needs.'),
      };
    case 'dear-model-small-work':
      return {
        title: t('A dear model for small work'),
        cost: t('what these requests cost'),
        meaning: t('An expensive model answered requests that needed only little output.'),
        advice: t(
          'Choose a smaller model for searches, quick edits and commit messages; the table below shows what it would cost.',
        ),
      };
    case 'wide-fleet':
      return {
        title: t('Wide fleets of subagents'),
        cost: t('what the subagents cost'),
        meaning: t('Each of many subagents at once builds up a context of its own before it does any work.'),
        advice: t('Give fewer subagents larger tasks, and those that only search a smaller model.'),
      };
    case 'no-cache':
      return {
        title: t('Sessions without a cache'),
        cost: t('for input alone'),
        meaning: t('These sessions never read from the cache, so that each request paid for all of its input anew.'),
        advice: t(
          'See whether caching is on for this tool and provider, and whether the start of each prompt stays the same.',
        ),
      };
  }
}

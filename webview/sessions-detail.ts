import type { Amounts } from '../src/dashboard/protocol/amounts.ts';
import type { SessionView } from '../src/dashboard/protocol/sessions.ts';
import { explainButton, problem } from './card.ts';
import { el } from './dom.ts';
import type { Formats } from './formats.ts';
import { icon } from './icon.ts';
import { replaceKeepingFocus } from './keep-focus.ts';
import { t } from './l10n.ts';
import { rankTable } from './rank-table.ts';
import { courseChart } from './sessions-course.ts';
import { amountParts, rowActions } from './sessions-parts.ts';
import { branchWords, endWords, momentWords, projectWords } from './sessions-words.ts';
import type { ViewContext } from './view.ts';

const ranksShown = 6;

/** An open session: its figures, its course over time, its models and subagents. */
export function sessionDetail(context: ViewContext, id: string) {
  const { formats } = context;
  const body = el('div', { class: 'tb-session-body' }, el('div', { class: 'tb-block tb-block-bar' }));
  const element = el('div', { class: 'tb-session', 'aria-busy': 'true' }, body);
  let drawn = '';

  async function show(): Promise<SessionView | undefined> {
    try {
      const session = await context.ask({ ask: 'session', id });
      element.removeAttribute('aria-busy');
      // What is unchanged stays as it is, with the bar that is looked at and the table that is open.
      const state = JSON.stringify(session ?? null);
      if (state !== drawn) replaceKeepingFocus(body, ...(session === undefined ? [gone()] : parts(session)));
      drawn = state;
      return session;
    } catch (error) {
      element.removeAttribute('aria-busy');
      drawn = '';
      replaceKeepingFocus(
        body,
        problem(error instanceof Error ? error.message : String(error), () => void show()),
      );
      return undefined;
    }
  }

  function parts(session: SessionView): readonly HTMLElement[] {
    const { row, course, byModel, bySubagent } = session;
    const formula = t(
      'All requests that the tool logged under this session’s id, those of its subagents included. Active time is counted in quarters of an hour with a request, gaps over 30 minutes cut. The bars are equal parts of the time from its first request to its last.',
    );
    const about = el(
      'div',
      { class: 'tb-session-head' },
      el('p', { class: 'tb-muted' }, aboutWords(session, formats)),
      explainButton(t('Session'), (title) => context.explain('session', title, formula)).element,
    );
    return [
      about,
      amountParts(row, formats, session.longRequests),
      ...(course.length === 0 ? [] : [courseChart(session, formats)]),
      el(
        'div',
        { class: 'tb-session-ranks' },
        ranks(
          t('Model'),
          t('By model'),
          byModel.map(({ model, amounts }) => ({ title: model, amounts })),
          formats,
        ),
        ...(bySubagent.length === 0
          ? []
          : [
              ranks(
                t('Subagent'),
                t('By subagent'),
                bySubagent.map(({ agent, amounts }) => ({ title: agent || t('unnamed'), amounts })),
                formats,
              ),
            ]),
      ),
      rowActions(context, id),
    ];
  }

  return { element, show };
}

function gone(): HTMLElement {
  return el('p', { class: 'tb-muted' }, t('This session is not in the ledger any more.'));
}

function aboutWords({ row, course }: SessionView, formats: Formats): string {
  const first = course[0]?.time ?? row.start;
  const last = course.at(-1)?.time ?? row.end;
  const [from, until] = [momentWords(first, formats), endWords(first, last, formats)];
  const span = formats.time(first) === until ? from : `${from} – ${until}`;
  const tools = row.tools.map(({ title }) => title).join(', ');
  return [tools, projectWords(row), branchWords(row), span].filter((part) => part !== '').join(' · ');
}

function ranks(
  head: string,
  label: string,
  rows: readonly { readonly title: string; readonly amounts: Amounts }[],
  formats: Formats,
): HTMLElement {
  const most = Math.max(1, ...rows.map(({ amounts }) => amounts.tokens));
  const shown = rows.length > ranksShown + 1 ? rows.slice(0, ranksShown) : rows;
  const rest = rows.slice(shown.length);
  const restTokens = rest.reduce((sum, { amounts }) => sum + amounts.tokens, 0);
  const restCost = rest.reduce((sum, { amounts }) => sum + (amounts.costNanoUSD ?? 0), 0);
  return rankTable(
    label,
    [head, t('Tokens'), t('List price')],
    [
      ...shown.map(({ title, amounts }) => ({
        title,
        share: amounts.tokens / most,
        figures: [formats.compact(amounts.tokens), formats.money(amounts.costNanoUSD)],
      })),
      ...(rest.length === 0
        ? []
        : [
            {
              title: t('{0} more', rest.length),
              share: Math.min(1, restTokens / most),
              figures: [formats.compact(restTokens), formats.money(restCost)],
              rest: true,
            },
          ]),
    ],
  );
}

/** A session that something outside asked for, above the list, until it is closed. */
export function sessionCard(context: ViewContext, id: string, close: () => void) {
  const detail = sessionDetail(context, id);
  const title = el('h2', { class: 'tb-card-title', tabindex: -1 }, t('Session'));
  const element = el(
    'section',
    { class: 'tb-card tb-session-card', 'aria-label': t('Session') },
    el(
      'div',
      { class: 'tb-card-head' },
      title,
      el(
        'button',
        {
          type: 'button',
          class: 'tb-icon-button tb-session-close',
          'aria-label': t('Close the session'),
          title: t('Close the session'),
          onclick: close,
        },
        icon('close'),
      ),
    ),
    detail.element,
  );
  return { element, id, show: detail.show, focus: () => title.focus() };
}

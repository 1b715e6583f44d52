import { untoldModel } from '../src/dashboard/protocol/machines.ts';
import type { RankedRow, RankingView } from '../src/dashboard/protocol/overview.ts';
import type { Scope } from '../src/dashboard/protocol/scope.ts';
import { card } from './card.ts';
import { el } from './dom.ts';
import { t } from './l10n.ts';
import { type RankRow, rankTable } from './rank-table.ts';
import { adjusted, shownParts } from './shown-parts.ts';
import type { ViewContext } from './view.ts';

const cent = 1e7;

/** The models that used the most, with what they cost. */
export function modelsCard(context: ViewContext) {
  const { formats } = context;
  const part = card({
    id: 'models',
    title: t('Top models'),
    formula: t(
      'Tokens of all kinds by model, the largest first. Dated versions of a model count as one. The list price is each request’s at its day; a model without a known price shows –.',
    ),
    context,
  });
  return {
    ...part,
    show({ rows, more }: RankingView, scope: Scope): void {
      const all = withMore(rows, more);
      const costs = all.map(({ amounts }) => amounts.costNanoUSD);
      const total = costs.reduce<number>((sum, cost) => sum + (cost ?? 0), 0);
      const cents = adjusted(
        total,
        costs.map((cost) => cost ?? 0),
        cent,
      );
      const figures = all.map((_, i) => formats.money(costs[i] === null ? null : (cents[i] ?? 0) * cent));
      part.fill(
        rankTable(
          t('Top models'),
          [t('Model'), t('Tokens'), t('List price')],
          rankRows(all, context, figures, (id) => context.narrow({ ...scope.filter, models: [id] })),
        ),
      );
    },
    answer: ({ rows, more }: RankingView) => answer(rows, more, context),
  };
}

/** The projects that used the most, with their busiest branch and their share. */
export function projectsCard(context: ViewContext) {
  const { formats } = context;
  const part = card({
    id: 'projects',
    title: t('Top projects'),
    formula: t(
      'Tokens of all kinds by project folder, the largest first, each with the branch that used the most. The share is of all tokens of the period. Names of projects and branches never leave this machine.',
    ),
    context,
  });
  return {
    ...part,
    show({ rows, more }: RankingView, scope: Scope): void {
      const all = withMore(rows, more);
      const total = all.reduce((sum, { amounts }) => sum + amounts.tokens, 0);
      const shares = adjusted(
        total,
        all.map(({ amounts }) => amounts.tokens),
        total / 100,
      );
      const figures = shares.map((share, i) =>
        share === 0 && (all[i]?.amounts.tokens ?? 0) > 0
          ? `< ${formats.percent(0.01, 0)}`
          : formats.percent(share / 100, 0),
      );
      part.fill(
        rankTable(
          t('Top projects'),
          [t('Project and busiest branch'), t('Tokens'), t('Of all')],
          rankRows(all, context, figures, (id) => context.narrow({ ...scope.filter, projects: [id] })),
        ),
        el(
          'div',
          { class: 'tb-card-link' },
          el(
            'button',
            {
              type: 'button',
              class: 'tb-link-button tb-small',
              'data-key': 'all',
              onclick: () => context.go('sessions', undefined, 'projects'),
            },
            t('All projects and branches'),
          ),
        ),
      );
    },
    answer: ({ rows, more }: RankingView) => answer(rows, more, context),
  };
}

interface Ranked extends Pick<RankedRow, 'title' | 'amounts'> {
  readonly id: string | undefined;
  readonly detail?: string | undefined;
}

function withMore(rows: readonly RankedRow[], more: RankingView['more']): readonly Ranked[] {
  const named = rows.map((row) =>
    row.id === untoldModel
      ? { ...row, id: undefined, title: t('Models not shared') }
      : { ...row, title: row.title || t('(unknown)') },
  );
  return more === undefined
    ? named
    : [...named, { id: undefined, title: t('{0} more', more.count), amounts: more.amounts }];
}

function rankRows(
  all: readonly Ranked[],
  { formats }: ViewContext,
  figures: readonly string[],
  open: (id: string) => void,
): readonly RankRow[] {
  const tokens = all.map(({ amounts }) => amounts.tokens);
  const shown = shownParts(
    tokens.reduce((sum, one) => sum + one, 0),
    tokens,
    formats,
  );
  const most = Math.max(1, ...tokens);
  return all.map(({ id, title, detail, amounts }, i) => ({
    title,
    detail,
    share: amounts.tokens / most,
    figures: [shown[i] ?? '', figures[i] ?? ''],
    rest: id === undefined,
    open: id === undefined ? undefined : () => open(id),
  }));
}

/** The largest and how many more there are, in a line. */
function answer(rows: readonly RankedRow[], more: RankingView['more'], { formats }: ViewContext): string {
  const [first] = rows;
  if (first === undefined) return t('none in this period');
  const others = rows.length - 1 + (more?.count ?? 0);
  const words = `${withMore([first], undefined)[0]?.title} ${formats.compact(first.amounts.tokens)}`;
  return others === 0 ? words : t('{0} and {1} more', words, others);
}

import { toolTitle } from '../readers/index.ts';
import { type LimitPace, limitShortLabel } from '../stats/limit-pace.ts';
import { compact } from '../usage/format.ts';
import type { CounterFigures, ViewOptions } from './counter-view.ts';
import type { Figures } from './figures.ts';
import { sharingLine } from './team-line.ts';
import { ageInWords, costInWords, escaped, periodName, tokensInWords } from './words.ts';

/** A reading older than this is greyed, with its age. */
const oldMs = 15 * 60_000;
const mostLimits = 2;
const mostTools = 3;

/** The tooltip's lines, at most nine, in Markdown. */
export function tooltipLines(figures: CounterFigures, options: ViewOptions): readonly string[] {
  const { translate: t, period, remote } = options;
  const { today, branch, limits } = figures;
  return [
    figuresLine(`**${periodName('today', t)} {0}**`, today, options, true),
    ...(period === 'today' ? [] : [figuresLine(`${periodName(period, t)} {0}`, figures.period, options, false)]),
    ...limits.slice(0, mostLimits).map((limit) => limitLine(limit, options)),
    ...(branch === undefined || branch.figures.tokens === 0
      ? []
      : [figuresLine(`$(git-branch) ${escaped(branch.name)} {0}`, branch.figures, options, false)]),
    ...(today.tools.length === 0 ? [] : [toolsLine(today)]),
    ...(remote === undefined ? [] : [`$(remote) ${t('Counted on {0}', escaped(remote))}`]),
    links(options),
    sharingOf(options),
  ];
}

/** The last line. */
export function sharingOf({ sharing, now = Date.now(), clock, translate }: ViewOptions): string {
  return sharingLine({ status: sharing, now, clock, translate });
}

function figuresLine(
  name: string,
  figures: Figures,
  { translate: t, costSource }: ViewOptions,
  first: boolean,
): string {
  const { tokens, fresh, sums } = figures;
  const cost = costInWords(figures, costSource, t);
  const unpriced = costSource === 'list' ? sums.unpricedTokens : 0;
  return [
    name.replace('{0}', tokensInWords(tokens, sums.estimatedTokens, t)),
    t('{0} fresh', compact(fresh)),
    ...(cost === undefined ? [] : [first ? t('{0}, not your bill', cost) : cost]),
    ...(unpriced > 0 ? [t('{0} tokens have no known price', compact(unpriced))] : []),
  ].join(' · ');
}

function limitLine(limit: LimitPace, { translate: t, clock }: ViewOptions): string {
  const parts = [`${toolTitle(limit.tool)} ${limitShortLabel(limit)} ${Math.floor(limit.usedPercent)} %`];
  if (limit.resetsAt !== undefined) parts.push(t('resets {0}', clock(limit.resetsAt)));
  if (limit.level === 'near' && limit.runsOutAt !== undefined)
    parts.push(t('full at {0} at this pace', clock(limit.runsOutAt)));
  const line = parts.join(', ');
  const age = limit.ageMs;
  return age < oldMs
    ? line
    : `<span style="color:var(--vscode-input-placeholderForeground);">${line} (${t('as of {0}', ageInWords(age, t))})</span>`;
}

function toolsLine({ tools }: Figures): string {
  return tools
    .slice(0, mostTools)
    .map(({ name, tokens }) => `${toolTitle(name)} ${compact(tokens)}`)
    .join(' · ');
}

function links({ translate: t }: ViewOptions): string {
  return [
    `[${t('Dashboard')}](command:tokenboard.showDashboard)`,
    `[${t('Copy')}](command:tokenboard.copySummary)`,
    `[${t('Settings')}](command:tokenboard.openSettings)`,
  ].join(' · ');
}

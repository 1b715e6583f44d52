import type { TeamStatus } from '../dashboard/protocol/team.ts';
import type { ScanProgress } from '../ledger/scan.ts';
import { type LimitPace, limitShortLabel } from '../stats/limit-pace.ts';
import { compact, usd } from '../usage/format.ts';
import type { Figures } from './figures.ts';
import type { CostSource, Period, Shown } from './settings.ts';
import { sharingOf, tooltipLines } from './tooltip.ts';
import { about, costInWords, escaped, periodName, type Translate } from './words.ts';

/** What the counter has to show. */
export type CounterState =
  | { readonly kind: 'counting'; readonly progress: ScanProgress | undefined }
  | { readonly kind: 'counted'; readonly figures: CounterFigures }
  /** Of tools, their titles. */
  | { readonly kind: 'nothing'; readonly tools: readonly string[] }
  | { readonly kind: 'failed'; readonly message: string; readonly figures: CounterFigures | undefined };

/** All figures that the counter and its tooltip show. */
export interface CounterFigures {
  readonly today: Figures;
  /** Of the period that the settings choose. */
  readonly period: Figures;
  /** The limits of plans, the most pressing first. */
  readonly limits: readonly LimitPace[];
  readonly branch: { readonly name: string; readonly figures: Figures } | undefined;
}

export interface CounterView {
  readonly text: string;
  /** Markdown. */
  readonly tooltip: string;
  /** For screen readers. */
  readonly label: string;
  /** A limit is used up. */
  readonly warns: boolean;
  /** What a click does. */
  readonly command: 'tokenboard.showDashboard' | 'tokenboard.showLog' | 'tokenboard.showFindings';
}

export interface ViewOptions {
  readonly translate: Translate;
  readonly shown: Shown;
  readonly period: Period;
  readonly costSource: CostSource;
  /** Writes a time of day. */
  readonly clock: (time: number) => string;
  /** The name of the machine, in a window that works on another one. */
  readonly remote: string | undefined;
  /** The figures were made up. */
  readonly demo: boolean;
  /** How sharing with a team stands; left out where it is off. */
  readonly sharing?: TeamStatus | undefined;
  /** Epoch milliseconds. */
  readonly now?: number;
}

const mostNamed = 6;

/** The status bar's words for a state. */
export function counterView(state: CounterState, options: ViewOptions): CounterView {
  const { translate: t } = options;
  const demo = options.demo ? [t('**Demo data**: none of these figures are yours.')] : [];
  const shared = options.sharing === undefined ? [] : [sharingOf(options)];
  const view = { warns: false, command: 'tokenboard.showDashboard' } as const;
  switch (state.kind) {
    case 'counting': {
      const done = doneShare(state.progress);
      const words = t('Counting the tokens in the logs of your AI tools for the first time: {0}', done);
      return { ...view, text: `$(loading~spin) ${done}`, tooltip: join([...demo, words, ...shared]), label: words };
    }
    case 'nothing': {
      const words = t('No logs of an AI coding tool were found yet. As soon as one writes, it is counted.');
      const links = [
        `[${t('Where it looked')}](command:tokenboard.showFindings)`,
        `[${t('Add another folder')}](command:tokenboard.openSettings)`,
      ];
      return {
        ...view,
        text: '$(graph) 0',
        tooltip: join([...demo, words, lookedFor(state.tools, t), links.join(' · '), ...shared]),
        label: words,
        command: 'tokenboard.showFindings',
      };
    }
    case 'failed': {
      const { figures, message } = state;
      const lines = figures === undefined ? shared : tooltipLines(figures, options);
      return {
        ...view,
        text: `$(warning) ${figures === undefined ? '–' : amount(figures.period, options)}`,
        tooltip: join([
          ...demo,
          `$(warning) ${escaped(message)} [${t('Try again')}](command:tokenboard.refresh)`,
          ...lines,
        ]),
        label: message,
        command: 'tokenboard.showLog',
      };
    }
    case 'counted': {
      const { figures } = state;
      const pressing = figures.limits.find(({ level }) => level !== 'quiet');
      const suffix =
        pressing === undefined ? '' : ` · ${limitShortLabel(pressing)} ${Math.floor(pressing.usedPercent)}%`;
      return {
        ...view,
        text: `$(graph) ${amount(figures.period, options)}${suffix}`,
        tooltip: join([...demo, ...tooltipLines(figures, options)]),
        label: spoken(figures, options),
        warns: figures.limits.some(({ level }) => level === 'over'),
      };
    }
  }
}

/** The first tools by name: there are too many to name them all. */
function lookedFor(tools: readonly string[], t: Translate): string {
  if (tools.length <= mostNamed + 1) return t('It looks for {0}.', tools.join(', '));
  return t('It looks for {0} and {1} more tools.', tools.slice(0, mostNamed).join(', '), tools.length - mostNamed);
}

function amount({ tokens, fresh, sums }: Figures, { shown, costSource }: ViewOptions): string {
  if (shown === 'tokens') return compact(tokens);
  if (shown === 'fresh') return compact(fresh);
  if (costSource === 'reported') return tokens > 0 && sums.reportedNanoUSD === 0 ? '–' : usd(sums.reportedNanoUSD);
  return tokens > 0 && sums.unpricedTokens === tokens ? '–' : about(sums.costNanoUSD);
}

function spoken({ period }: CounterFigures, { translate: t, period: name, costSource }: ViewOptions): string {
  const words = t(
    '{0}: {1} tokens, {2} of them fresh',
    periodName(name, t),
    compact(period.tokens),
    compact(period.fresh),
  );
  return ['Tokenboard', words, costInWords(period, costSource, t)].filter((part) => part !== undefined).join(', ');
}

function doneShare(progress: ScanProgress | undefined): string {
  if (progress === undefined || progress.bytes === 0) return '…';
  return `${Math.floor((100 * progress.bytesDone) / progress.bytes)}%`;
}

/** Lines below each other; Markdown joins those that a single line break parts. */
function join(lines: readonly string[]): string {
  return lines.join('  \n');
}

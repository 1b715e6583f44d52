import type { ScanProgress } from '../ledger/scan.ts';
import { toolTitle } from '../readers/index.ts';
import { compact, usd } from '../usage/format.ts';
import type { Figures } from './figures.ts';

/** What the counter has to show. */
export type CounterState =
  | { readonly kind: 'counting'; readonly progress: ScanProgress | undefined; readonly figures: Figures | undefined }
  | { readonly kind: 'counted'; readonly figures: Figures }
  | { readonly kind: 'nothing'; readonly places: readonly string[] }
  | { readonly kind: 'failed'; readonly message: string; readonly figures: Figures | undefined };

export interface CounterView {
  readonly text: string;
  /** Markdown. */
  readonly tooltip: string;
  /** For screen readers. */
  readonly label: string;
}

/** Translates words; `{0}` stands for the first argument. */
export type Translate = (message: string, ...values: (string | number)[]) => string;

export interface ViewOptions {
  readonly translate: Translate;
  /** The home that is shown was made up. */
  readonly demo: boolean;
}

/** The status bar's words for a state. */
export function counterView(state: CounterState, { translate: t, demo }: ViewOptions): CounterView {
  const label = demo ? [t('Demo data: none of these figures are yours.')] : [];
  switch (state.kind) {
    case 'counting': {
      const done = doneShare(state.progress);
      const text = state.figures === undefined ? done : compact(state.figures.tokens);
      const sentence = t('Counting the tokens in your AI tools’ logs for the first time: {0}', done);
      return view(`$(loading~spin) ${text}`, [sentence, ...label], sentence);
    }
    case 'counted': {
      const { figures } = state;
      return view(`$(graph) ${compact(figures.tokens)}`, [...label, ...linesOf(figures, t)], spoken(figures, t));
    }
    case 'nothing': {
      const sentence = t(
        'No logs of an AI coding tool were found on this machine yet. As soon as one writes, it is counted.',
      );
      const places = state.places.map((place) => `- \`${escaped(place)}\``);
      return view('$(graph) 0', [sentence, ...label, `${t('Looked for:')}\n${places.join('\n')}`], sentence);
    }
    case 'failed': {
      const text = state.figures === undefined ? '–' : compact(state.figures.tokens);
      const lines = state.figures === undefined ? [] : linesOf(state.figures, t);
      return view(`$(warning) ${text}`, [escaped(state.message), ...label, ...lines], state.message);
    }
  }
}

function view(text: string, paragraphs: readonly string[], label: string): CounterView {
  return { text, tooltip: paragraphs.join('\n\n'), label: `Tokenboard: ${label}` };
}

function linesOf({ tokens, fresh, sums, tools }: Figures, t: Translate): readonly string[] {
  const about = sums.estimatedTokens > 0 ? t('about {0}', compact(tokens)) : compact(tokens);
  const parts = [`**${t('Today {0}', about)}**`, t('{0} fresh', compact(fresh))];
  if (sums.unpricedTokens < tokens) parts.push(t('≈ {0} list price, not your bill', usd(sums.costNanoUSD)));
  const lines = [parts.join(' · ')];
  if (sums.unpricedTokens > 0) lines.push(t('{0} tokens have no known price', compact(sums.unpricedTokens)));
  const top = tools.slice(0, 3).map(({ name, tokens }) => `${toolTitle(name)} ${compact(tokens)}`);
  if (top.length > 0) lines.push(top.join(' · '));
  return lines;
}

function spoken({ tokens, fresh }: Figures, t: Translate): string {
  return t('{0} tokens today, {1} of them fresh', compact(tokens), compact(fresh));
}

function doneShare(progress: ScanProgress | undefined): string {
  if (progress === undefined || progress.bytes === 0) return '…';
  return `${Math.floor((100 * progress.bytesDone) / progress.bytes)} %`;
}

function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+!<>|]/g, '\\$&');
}

import { metrics } from '../../team/protocol/terms.ts';
import { exact } from '../../usage/format.ts';
import type { BoardView } from './board-view.ts';
import { type Html, html } from './html.ts';
import { fold } from './parts.ts';
import { daysWords, formulaNotes, formulas, momentWords } from './words.ts';

/** The formula in a type of its own, and what it is not. */
export function formulaLine(notes: readonly string[], formula: string): Html {
  return html`<p class="formula"><code>${formula}</code>${notes.map((note) => html`<span class="muted"> · ${note}</span>`)}</p>`;
}

/** How the figures of a board come about. */
export function boardFacts({ snapshot, policy }: BoardView): Html {
  const { metric, from, to, builtAt, nextAt, seq, topN } = snapshot;
  const money = metrics[metric].unit === 'microUsd';
  const facts: readonly (readonly [name: string, ...lines: readonly string[]])[] = [
    ['Formula', formulas[metric], ...formulaNotes[metric], `In fields of what is sent: ${metrics[metric].formula}`],
    ['Days', from === null || to === null ? '–' : `${daysWords(from, to)}, UTC days`],
    [
      'Sources',
      'Daily totals that each member’s own machine counts from its tools’ logs, and shares by choice.',
      'Where a tool logs no counts they are estimates, marked as such in what is sent.',
    ],
    ...(money
      ? [['Prices', 'Each machine computes the list price of each request at its day. It is nobody’s bill.'] as const]
      : []),
    [
      'Snapshot',
      builtAt === null ? '–' : `Number ${exact(seq)}, of ${momentWords(builtAt)}`,
      ...(nextAt === null ? [] : [`The next is due ${momentWords(nextAt)}`]),
      `Policy ${policy.version}`,
    ],
    [
      'What is held back',
      `Sums over fewer than ${policy.k} people, or of which one or two make most.`,
      'Others’ values have three significant digits, the median two. Your own are exact and counted now.',
      `The first ${exact(topN)} are listed; whoever is below sees only themselves.`,
    ],
  ];
  const rows = facts.map(
    ([name, ...lines]) => html`<div><dt>${name}</dt>${lines.map((text) => html`<dd>${text}</dd>`)}</div>`,
  );
  return fold('How is this computed?', html`<dl class="facts">${rows}</dl>`);
}

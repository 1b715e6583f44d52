import type { AnyTally } from '../stats/report.ts';
import { sumOf } from '../stats/sums.ts';
import { compact } from '../usage/format.ts';
import { harmless } from './terminal-text.ts';

const mostNames = 4;

/** What must be said beneath figures: what the price is, what has none, what is estimated. */
export function notesOn(tallies: readonly AnyTally[], cost: boolean): string[] {
  const sums = sumOf(tallies);
  const notes: string[] = [];
  if (cost && sums.costNanoUSD > 0) {
    notes.push('List price, not your bill: what the same requests would cost through the API of each provider.');
  }
  if (cost && sums.unpricedTokens > 0) {
    const models = namesOf(tallies.filter((tally) => tally.unpricedTokens > 0));
    const plus = sums.costNanoUSD > 0 ? ' A + marks a price that leaves them out.' : '';
    notes.push(
      `${compact(sums.unpricedTokens)} tokens of ${counted(models.length, 'model')} have no known price: ${listed(models)}.${plus}`,
    );
  }
  if (sums.estimatedTokens > 0) {
    notes.push(
      `~ marks estimates: ${compact(sums.estimatedTokens)} tokens come from logs that hold text but no counts.`,
    );
  }
  return notes;
}

/** `1 model`, `2 models`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;
}

/** The first names of a list, and how many more there are. */
export function listed(names: readonly string[], most = mostNames): string {
  const shown = names.slice(0, names.length > most ? most - 1 : most).map(harmless);
  const more = names.length - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
}

function namesOf(tallies: readonly AnyTally[]): string[] {
  return [...new Set(tallies.map((tally) => tally.model))].sort();
}

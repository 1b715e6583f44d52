import * as vscode from 'vscode';
import type { BranchPlace } from '../ledger/scanner-protocol.ts';
import type { Sums } from '../usage/tally.ts';
import type { CounterFigures } from './counter-view.ts';
import { figuresOfSums } from './figures.ts';
import { branchOf } from './git-branch.ts';

/** A branch's sum is over all time, and asked more rarely than the day's. */
const askMs = 10_000;

/** What the branch that is checked out came to; undefined where there is none. */
export interface BranchCounter {
  /** As of some seconds ago at most. */
  figures(now: number): Promise<CounterFigures['branch']>;
  /** The next figures are those of that moment. */
  forget(): void;
}

export function branchCounter(sumsOf: (place: BranchPlace) => Promise<Sums>): BranchCounter {
  let latest: CounterFigures['branch'];
  let askedAt = 0;
  return {
    async figures(now) {
      if ((latest?.figures.tokens ?? 0) > 0 && Math.abs(now - askedAt) < askMs) return latest;
      const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file');
      const place = folder === undefined ? undefined : await branchOf(folder.uri.fsPath);
      latest = place === undefined ? undefined : { name: place.branch, figures: figuresOfSums(await sumsOf(place)) };
      askedAt = now;
      return latest;
    },
    forget() {
      latest = undefined;
    },
  };
}

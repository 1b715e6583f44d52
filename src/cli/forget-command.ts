import { resolve } from 'node:path';
import { type ForgetWhat, type Forgotten, forget, forgettable } from '../ledger/forget.ts';
import { openLedger } from '../ledger/ledger.ts';
import { LedgerError } from '../ledger/ledger-error.ts';
import { machineOf, slashed } from '../ledger/machine.ts';
import { compact } from '../usage/format.ts';
import type { Arguments } from './arguments.ts';
import { confirmed } from './confirmed.ts';
import { tell } from './counting.ts';
import { type Period, periodAsked, zoneAsked } from './days-asked.ts';
import { homeAsked } from './home-asked.ts';
import { counted } from './notes.ts';
import { print } from './print.ts';
import { harmless } from './terminal-text.ts';
import { UsageError } from './usage-error.ts';

/** `tokenboard forget`: asks, removes, and says what was removed. */
export async function forgetCommand(asked: Arguments): Promise<number> {
  const period = periodAsked(asked, zoneAsked(asked), Date.now());
  const what = whatAsked(asked, period);
  const mayAsk = process.stdin.isTTY && process.stderr.isTTY;
  if (!asked.is('yes') && !mayAsk) {
    throw new UsageError("'tokenboard forget' asks first; where there is no terminal, say --yes.");
  }
  const home = homeAsked(asked);
  const ledger = openLedger(machineOf(home));
  try {
    tell(ledger.notices);
    if (ledger.file === '') throw new LedgerError('The ledger cannot be opened, so nothing can be forgotten.');
    const found = forgettable(ledger, what);
    const name = nameOf(what, period);
    if (found.requests === 0 && what.everything !== true) {
      print([`The ledger holds nothing ${name}; nothing was forgotten.`]);
      return 0;
    }
    const question = `Forget ${inWords(found)} ${name}, for good?`;
    if (!asked.is('yes') && !(await confirmed(question, process.stdin, process.stderr))) {
      print(['Nothing was forgotten.']);
      return 1;
    }
    const forgotten = forget(ledger, what, { waitMs: 30_000 });
    print([
      `Forgot ${inWords(forgotten)} ${name}. They do not come back.`,
      'What you use from now on counts. The logs of the tools themselves are untouched.',
    ]);
    return 0;
  } finally {
    ledger.close();
  }
}

function whatAsked(asked: Arguments, { times }: Period): ForgetWhat {
  if (asked.words[0] !== undefined) {
    throw new UsageError(
      `'tokenboard forget' takes only flags, not '${asked.words[0]}'; for a project: --project DIR.`,
    );
  }
  const [project, further] = asked.values('project');
  if (further !== undefined) throw new UsageError('--project takes one folder at a time here.');
  const named = project !== undefined || times.since !== undefined || times.until !== undefined;
  if (asked.is('everything')) {
    if (named) throw new UsageError('--everything leaves nothing for --project, --since or --until to choose.');
    return { everything: true };
  }
  if (!named)
    throw new UsageError("'tokenboard forget' needs --project DIR, --since DAY, --until DAY or --everything.");
  return { ...times, project: project === undefined ? undefined : slashed(resolve(project)) };
}

/** What is meant, to stand behind a number of requests: `of /home/me/shop from 2026-05-01`. */
function nameOf({ project, everything }: ForgetWhat, { sinceDay, untilDay }: Period): string {
  if (everything) return 'of all times';
  const days =
    sinceDay !== null && sinceDay === untilDay
      ? [`of ${sinceDay}`]
      : [...(sinceDay === null ? [] : [`from ${sinceDay}`]), ...(untilDay === null ? [] : [`to ${untilDay}`])];
  return [...(project === undefined ? [] : [`of ${harmless(project)}`]), ...days].join(' ');
}

function inWords({ requests, tokens }: Forgotten): string {
  return `${counted(requests, 'request')} with ${compact(tokens)} tokens`;
}

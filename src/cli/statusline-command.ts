import { isNews, keepLimits } from '../ledger/keep-limits.ts';
import { latestLimits } from '../ledger/limits.ts';
import { dataDir, machineOf } from '../ledger/machine.ts';
import { openLedgerToRead } from '../ledger/read-ledger.ts';
import { modelTallies } from '../ledger/tallies.ts';
import { limitPaces } from '../stats/limit-pace.ts';
import type { Arguments } from './arguments.ts';
import { scanInBackground } from './background-scan.ts';
import { zoneAsked } from './days-asked.ts';
import { homeAsked } from './home-asked.ts';
import { pipedText } from './piped-text.ts';
import { print } from './print.ts';
import { defaultFormat, readFormat } from './statusline-format.ts';
import { statuslineInput } from './statusline-input.ts';
import { statuslineValues } from './statusline-values.ts';
import { UsageError } from './usage-error.ts';

/** Where something may be piped, it is waited for that long from the start on, and a moment in any case. */
const firstByteMs = 50;
const momentMs = 10;

/** `tokenboard statusline`: one line from the ledger as it stands; a scan, if one is due, happens behind it. */
export async function statuslineCommand(asked: Arguments): Promise<number> {
  if (asked.words[0] !== undefined)
    throw new UsageError(`'tokenboard statusline' takes only flags, not '${asked.words[0]}'.`);
  const start = performance.now();
  const format = readFormat(asked.value('format') ?? defaultFormat);
  const home = homeAsked(asked);
  const machine = machineOf(home);
  const now = Date.now();
  const since = startOfToday(asked, now);
  const piped = pipedText(process.stdin);
  const ledger = openLedgerToRead(machine);
  try {
    const today = ledger === undefined ? [] : modelTallies(ledger, { since });
    const text = await piped.within(Math.max(momentMs, firstByteMs - (performance.now() - start)));
    const input = statuslineInput(text, now);
    const session = input.session ?? '';
    const news = ledger === undefined || isNews(ledger, session, input.limits);
    const known = ledger === undefined ? [] : latestLimits(ledger, now);
    const limits = limitPaces(news ? [...known, ...input.limits] : known, now);
    const folder = input.folder ?? currentFolder();
    const color = asked.is('color');
    print([format.fill(statuslineValues({ ledger, today, limits, input, folder, now, color }))]);
    if (ledger !== undefined && news && input.limits.length > 0) keepLimits(ledger.file, session, input.limits);
  } finally {
    ledger?.close();
  }
  scanInBackground(dataDir(machine), home);
  return 0;
}

/** Making a calendar takes longer than all else, and is not needed for the machine's own zone. */
function startOfToday(asked: Arguments, now: number): number {
  if (asked.value('timezone') === undefined) return new Date(now).setHours(0, 0, 0, 0);
  const zone = zoneAsked(asked);
  return zone.startOfDay(zone.dayOf(now));
}

/** A shell may stand in a folder that was deleted. */
function currentFolder(): string | undefined {
  try {
    return process.cwd();
  } catch {
    return undefined;
  }
}

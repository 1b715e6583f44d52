import { homedir } from 'node:os';
import type { LogOutputChannel } from 'vscode';
import type { ToolSurvey } from '../ledger/survey.ts';
import { exact } from '../usage/format.ts';

/** Some tools may be in twenty places, one for each editor. */
const mostMissing = 3;

/** Writes into the log what was looked for, what was found, and what was passed over and why; tools that are in use last. */
export function logFindings(log: LogOutputChannel, tools: readonly ToolSurvey[], file: string): void {
  log.info(`Ledger: ${file === '' ? 'in memory only' : file}`);
  for (const { title, places, events, tokens, gone, skipped, problems, aside } of tools.toSorted(
    (a, b) => Math.sign(a.events) - Math.sign(b.events),
  )) {
    log.info(`${title}: ${exact(events)} requests, ${exact(tokens)} tokens in the ledger`);
    for (const { dir, files, bytes } of places.filter(({ exists }) => exists)) {
      log.info(`  ${tilde(dir)}: ${exact(files)} logs, ${exact(bytes)} bytes`);
    }
    const missing = [...new Set(places.filter(({ exists }) => !exists).map(({ dir }) => tilde(dir)))];
    if (missing.length > 0) {
      const folded = missing.length > mostMissing + 1;
      const named = folded ? missing.slice(0, mostMissing) : missing;
      const more = folded ? ` and ${missing.length - mostMissing} more places` : '';
      log.info(`  not there: ${named.join(', ')}${more}`);
    }
    if (gone > 0) log.info(`  ${exact(gone)} logs were read and are gone; what they held is kept`);
    if (aside > 0) log.warn(`  ${exact(aside)} requests have a date that cannot be true and are in no total`);
    for (const { reason, count, example } of skipped) log.warn(`  passed over ${exact(count)}: ${reason} (${example})`);
    for (const { path, reason } of problems) log.warn(`  ${path}: ${reason}`);
  }
}

function tilde(path: string): string {
  const home = homedir();
  return path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path;
}

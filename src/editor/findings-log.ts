import type { LogOutputChannel } from 'vscode';
import type { ToolSurvey } from '../ledger/survey.ts';
import { exact } from '../usage/format.ts';

/** Writes into the log what was looked for, what was found, and what was passed over and why. */
export function logFindings(log: LogOutputChannel, tools: readonly ToolSurvey[], file: string): void {
  log.info(`Ledger: ${file === '' ? 'in memory only' : file}`);
  for (const { title, places, events, tokens, gone, skipped, problems, aside } of tools) {
    log.info(`${title}: ${exact(events)} requests, ${exact(tokens)} tokens in the ledger`);
    for (const { dir, exists, files, bytes } of places) {
      log.info(`  ${dir}: ${exists ? `${exact(files)} logs, ${exact(bytes)} bytes` : 'not there'}`);
    }
    if (gone > 0) log.info(`  ${exact(gone)} logs were read and are gone; what they held is kept`);
    if (aside > 0) log.warn(`  ${exact(aside)} requests have a date that cannot be true and are in no total`);
    for (const { reason, count, example } of skipped) log.warn(`  passed over ${exact(count)}: ${reason} (${example})`);
    for (const { path, reason } of problems) log.warn(`  ${path}: ${reason}`);
  }
}

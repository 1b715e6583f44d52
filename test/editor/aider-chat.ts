import { appendFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A chat of Aider's in a home folder: one request of 3,000 tokens sent and 1,000 received, of which its log tells round numbers
 * only. It tells the time in the machine's zone.
 */
export function appendAiderChat(home: string, began: number, timeZone?: string): void {
  // Swedes write dates as Aider does.
  const local = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium', timeZone }).format(began);
  const chat = `# aider chat started at ${local}\n\n> Tokens: 3k sent, 1k received.\n`;
  appendFileSync(join(home, '.aider.chat.history.md'), chat);
}

import { isAbsolute, join, normalize } from 'node:path';

/** An absolute folder, without a separator at its end; `~` stands for the home folder. Undefined for anything else. */
export function homeResolved(folder: unknown, home: string): string | undefined {
  if (typeof folder !== 'string') return undefined;
  const text = folder.trim();
  const path = /^~(?=$|[/\\])/.test(text) ? join(home, text.slice(1)) : text;
  if (!isAbsolute(path)) return undefined;
  const whole = normalize(path);
  return whole.length > 1 ? whole.replace(/(?<!:)[/\\]+$/, '') : whole;
}

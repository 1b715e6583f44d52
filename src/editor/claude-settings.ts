/** The `statusLine` entry of Claude Code's settings. */
export interface StatusLine {
  readonly type: 'command';
  readonly command: string;
}

/** Claude Code's settings with another status line, or with none, else as they were. Throws where they are no JSON object. */
export function withStatusLine(settings: string, statusLine: unknown): string {
  const text = settings.trim() === '' ? '{}' : settings;
  const parsed: unknown = JSON.parse(text);
  if (parsed === null || typeof parsed !== 'object' || Array.isArray(parsed)) throw new Error('not a JSON object');
  const { statusLine: _replaced, ...rest } = parsed as Record<string, unknown>;
  const changed = statusLine === undefined ? rest : { ...parsed, statusLine };
  return `${JSON.stringify(changed, null, indentOf(text))}\n`;
}

/** The status line that the settings have; undefined where they have none or are unreadable. */
export function statusLineIn(settings: string): unknown {
  try {
    return (JSON.parse(settings) as { readonly statusLine?: unknown } | null)?.statusLine;
  } catch {
    return undefined;
  }
}

function indentOf(text: string): string {
  return /^\{\r?\n([ \t]+)/.exec(text)?.[1] ?? '  ';
}

import fc from 'fast-check';
import { randomClaudeLogs } from './random-claude-logs.ts';
import { randomCodexLogs } from './random-codex-logs.ts';

/** A log that a tool has written: its path below the home, and its lines, each with its line feed. */
export interface RandomLog {
  readonly path: string;
  readonly lines: readonly string[];
}

/** What some sessions have left behind, and what they really consumed. */
export interface RandomLogs {
  readonly logs: readonly RandomLog[];
  /** Requests that were made, and all their tokens. */
  readonly requests: number;
  readonly tokens: number;
}

/** How the lines of a log are written. */
type Style = 'plain' | 'spaces' | 'carriage returns' | 'byte order mark' | 'blank lines';

const styles: fc.Arbitrary<Style> = fc.constantFrom(
  'plain',
  'plain',
  'spaces',
  'carriage returns',
  'byte order mark',
  'blank lines',
);

/** Sessions of Claude Code and Codex, several of each, with all that makes them hard to count. */
export const randomLogs: fc.Arbitrary<RandomLogs> = fc
  .record({
    claude: randomClaudeLogs,
    codex: randomCodexLogs,
    styles: fc.array(styles, { minLength: 12, maxLength: 12 }),
  })
  .map(({ claude, codex, styles: chosen }) => ({
    logs: [...claude.logs, ...codex.logs].map((log, i) => styled(log, chosen[i % chosen.length] ?? 'plain')),
    requests: claude.requests + codex.requests,
    tokens: claude.tokens + codex.tokens,
  }));

/** The bytes of a log. */
export function bytesOf({ lines }: RandomLog): Buffer {
  return Buffer.from(lines.join(''));
}

function styled({ path, lines }: RandomLog, style: Style): RandomLog {
  return { path, lines: lines.map((line, i) => styledLine(line, style, i)) };
}

function styledLine(line: string, style: Style, index: number): string {
  switch (style) {
    case 'spaces':
      return line.replaceAll('":', '" : ').replaceAll(',"', ', "');
    case 'carriage returns':
      return line.replace(/\n$/, '\r\n');
    case 'byte order mark':
      return index === 0 ? `\ufeff${line}` : line;
    case 'blank lines':
      return index % 3 === 1 ? `\n${line}` : line;
    case 'plain':
      return line;
  }
}

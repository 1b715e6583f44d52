/** Something that the engine must reach. */
export interface Target {
  /** `cold scan at least 2.5 times as fast as the faster peer`. */
  readonly text: string;
  /** What was measured: `2.7 times`. */
  readonly measured: string;
  readonly met: boolean;
}

/** The results of one part of the benchmark, for a terminal and for the document alike. */
export interface Section {
  readonly title: string;
  /** What was measured, in sentences. */
  readonly about: readonly string[];
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly targets: readonly Target[];
  /** What must not be: totals that differ. */
  readonly failures: readonly string[];
}

/** A section as Markdown. */
export function markdownOf({ title, about, head, rows, targets, failures }: Section): string {
  const parts = [`## ${title}`, about.join('\n'), table([head, ...rows])];
  if (targets.length > 0) {
    parts.push(
      targets.map(({ text, measured, met }) => `- ${met ? 'met' : '**missed**'}: ${text}: ${measured}`).join('\n'),
    );
  }
  if (failures.length > 0) parts.push(failures.map((failure) => `- **wrong**: ${failure}`).join('\n'));
  return parts.filter((part) => part !== '').join('\n\n');
}

function table([head = [], ...rows]: readonly (readonly string[])[]): string {
  const widths = head.map((_, column) => Math.max(3, ...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join(' | ')} |`;
  const rule = `|${widths.map((width, column) => (column === 0 ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`)).join('|')}|`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}

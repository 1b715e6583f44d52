/** Counts what was passed over in a log, by reason. */
export interface Skipped {
  add(reason: string): void;
  readonly counts: Readonly<Record<string, number>>;
}

export function skippedCounter(): Skipped {
  const counts: Record<string, number> = {};
  return {
    counts,
    add(reason) {
      counts[reason] = (counts[reason] ?? 0) + 1;
    },
  };
}

/** What a day's figure is made of, in tokens. */
export interface DayParts {
  readonly tokens: number;
  /** What repeated records would add if each counted. */
  readonly duplicates: number;
  readonly cacheReads: number;
  readonly subagents: number;
  /** Of requests whose logs are gone. */
  readonly onlyInLedger: number;
  readonly estimated: number;
  /** The tokens of the day of the same name in UTC. */
  readonly utcDay: number;
}

/** What a counter that works otherwise says of the same day. */
export interface OtherCount {
  readonly tokens: number;
  /** How it works, after `a counter that`. */
  readonly way: string;
}

/** The counts of counters that work otherwise, for those ways that make a difference on the day. */
export function otherCounts(day: DayParts): OtherCount[] {
  const counts: OtherCount[] = [
    { tokens: day.tokens + day.duplicates, way: 'counts a request as often as the logs repeat it' },
    { tokens: day.tokens - day.cacheReads, way: 'leaves out what was read from a cache (fresh tokens)' },
    { tokens: day.tokens - day.subagents, way: 'does not look at subagents' },
    { tokens: day.tokens - day.onlyInLedger, way: 'knows only logs that are still there' },
    { tokens: day.tokens - day.estimated, way: 'does not estimate where a tool logs no counts' },
    { tokens: day.utcDay, way: 'takes days in UTC' },
  ];
  return counts.filter((count) => count.tokens !== day.tokens);
}

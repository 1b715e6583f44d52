import { streaksOf } from '../stats/streaks.ts';
import { quarterMs } from '../usage/tally.ts';
import { dayName, dayNumber, weekdayOf } from './clock.ts';
import type { Figures } from './figures.ts';
import type { History } from './history.ts';
import type { CalendarView, RecordsView } from './protocol/overview.ts';

const weeks = 26;
const levels = 4;

/** The last 26 weeks; the levels are quarters of their days with requests. */
export function calendarView({ clock, now }: Figures, history: History): CalendarView {
  const today = dayNumber(clock.zone.dayOf(now));
  const first = today - weekdayOf(today) - (weeks - 1) * 7;
  const shown = history.days.filter((day) => day >= first && day <= today);
  const ranked = shown.map((day) => history.tokens.get(day) ?? 0).sort((a, b) => a - b);
  const streaks = streaksOf(
    history.days.filter((day) => day <= today),
    today,
  );
  return {
    days: Array.from({ length: today - first + 1 }, (_, index) => {
      const tokens = history.tokens.get(first + index) ?? 0;
      return { day: dayName(first + index), tokens, level: levelOf(tokens, ranked) };
    }),
    streak: streaks.current,
    longest:
      streaks.longest === undefined ? undefined : { days: streaks.longest.days, until: dayName(streaks.longest.until) },
    activeDays: shown.length,
  };
}

/** The records of all time. */
export function recordsView({ names }: Figures, history: History): RecordsView {
  const weekTokens = new Map<number, number>();
  for (const [day, tokens] of history.tokens) {
    const monday = day - weekdayOf(day);
    weekTokens.set(monday, (weekTokens.get(monday) ?? 0) + tokens);
  }
  const day = largest(history.tokens);
  const week = largest(weekTokens);
  const { longestSession, mostSubagents } = history;
  const session = longestSession && names.sessions[longestSession.session];
  const fleet = mostSubagents && names.sessions[mostSubagents.session];
  return {
    bestDay: day && { day: dayName(day[0]), tokens: day[1] },
    bestWeek: week && { monday: dayName(week[0]), tokens: week[1] },
    longestSession: session && { ...session, activeMs: (longestSession?.quarters ?? 0) * quarterMs },
    mostSubagents: fleet && { ...fleet, count: mostSubagents?.count ?? 0 },
  };
}

function levelOf(tokens: number, ranked: readonly number[]): 0 | 1 | 2 | 3 | 4 {
  if (tokens <= 0) return 0;
  const below = ranked.findIndex((value) => value >= tokens);
  const level = 1 + Math.floor((below * levels) / ranked.length);
  // The largest is always of the highest level, however few there are.
  return tokens === ranked.at(-1) ? levels : (Math.min(level, levels) as 1 | 2 | 3 | 4);
}

function largest(values: ReadonlyMap<number, number>): readonly [number, number] | undefined {
  let found: readonly [number, number] | undefined;
  for (const entry of values) if (entry[1] > (found?.[1] ?? 0)) found = entry;
  return found;
}

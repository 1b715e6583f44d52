import { type Kept, look } from '../team/boards.ts';
import type { Insights } from '../team/protocol/insights.ts';
import { organisationBoard } from '../team/protocol/terms.ts';
import { compact, usd } from '../usage/format.ts';
import { tell } from './counting.ts';
import { print } from './print.ts';
import { complain, isOff, timeText } from './team-acts.ts';
import type { TeamAct } from './team-command.ts';
import { terminalOf } from './terminal.ts';
import { harmless, wrap } from './terminal-text.ts';
import { UsageError } from './usage-error.ts';

const nanoInMicro = 1000;

/** `tokenboard team insights [ID]`: how a team works with AI tools, for whoever runs it; without an id the organisation. */
export const insightsAct: TeamAct = async (team, asked, [id]) => {
  if (id !== undefined && !/^\d{1,16}$/.test(id)) throw new UsageError(`'${id}' is no team; teams have numbers.`);
  if (isOff(team)) return 1;
  const seen = await look(team, 'insights', { board: id === undefined ? organisationBoard : Number(id) });
  if (seen.value === undefined) return complain(team, seen.failure);
  const { value, at, failure } = seen;
  if (asked.is('json')) print([JSON.stringify({ insights: value, at: new Date(at).toISOString() })]);
  else print(insightLines(seen, terminalOf(process.stdout, process.env).width));
  if (failure === null) return 0;
  tell([`This is what was last seen, at ${timeText(at)}.`]);
  return complain(team, failure);
};

function insightLines({ value: seen }: Kept<Insights>, width: number): string[] {
  const { name, state, notice, from, to, members, k, builtAt } = seen;
  if (state === 'closed') return [`${harmless(name)}: closed by its owner.`, ...wrap(harmless(notice ?? ''), width)];
  const title = `${harmless(name)}${from === null ? '' : `: ${from} to ${to} (UTC)`}`;
  if (state === 'waiting') return [title, 'The figures will be there after the next snapshot.'];
  const lines = [title, ''];
  if (members === null) {
    lines.push(...wrap(`Nothing is told: fewer than ${k} take part, or one could be told from the figures.`, width));
  } else lines.push(...figureLines(seen, members));
  for (const { name: team, unit, per, amount, percent } of seen.allowances) {
    const granted = unit === 'tokens' ? compact(amount) : usd(amount * nanoInMicro);
    const used = percent === null ? 'not told' : `${percent} %`;
    lines.push(`Allowance of ${harmless(team)}, ${granted} a ${per}: ${used} used.`);
  }
  lines.push('', ...wrap(`Each figure is of ${k} people or more; shares are in steps of 5 per cent.`, width));
  if (builtAt !== null) lines.push(`Snapshot of ${timeText(Date.parse(builtAt))}.`);
  return lines;
}

function figureLines(seen: Insights, members: number): string[] {
  const { participation, median, quartiles, activeDays, cacheShare, tools, models } = seen;
  const told = (value: number | null, text: (value: number) => string) => (value === null ? 'not told' : text(value));
  const share = (value: number) => `${value} %`;
  const spread =
    quartiles === null ? '' : `, the middle half from ${quartiles.map((one) => compact(one)).join(' to ')}`;
  const mix = (parts: readonly { readonly id: string | null; readonly percent: number }[] | null) =>
    parts === null
      ? 'not told'
      : parts.map(({ id, percent }) => `${id === null ? 'others' : harmless(id)} ${percent} %`).join(', ');
  return [
    `Active members  ${members}, ${told(participation, share)} of those active in 90 days`,
    `Tokens each     ${told(median, (value) => `median ${compact(value)}${spread}`)}`,
    `Days with use   ${told(activeDays, (value) => `median ${value}`)}`,
    `Cache share     ${told(cacheShare, share)}`,
    `Tools           ${mix(tools)}`,
    `Models          ${mix(models)}`,
  ];
}

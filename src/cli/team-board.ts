import { type Kept, look } from '../team/boards.ts';
import type { Snapshot, Standing } from '../team/protocol/board.ts';
import { type MetricId, metricIds, metrics, organisationBoard, windowIds } from '../team/protocol/terms.ts';
import { compact, usd } from '../usage/format.ts';
import type { Arguments } from './arguments.ts';
import { tell } from './counting.ts';
import { counted } from './notes.ts';
import { print } from './print.ts';
import { table } from './table.ts';
import { complain, isOff, timeText } from './team-acts.ts';
import type { TeamAct } from './team-command.ts';
import { type Terminal, terminalOf } from './terminal.ts';
import { harmless, wrap } from './terminal-text.ts';
import { UsageError } from './usage-error.ts';

/** `tokenboard team board [ID]`: one's own standing, the sums, the rows. */
export const boardAct: TeamAct = async (team, asked, [id]) => {
  if (id !== undefined && !/^\d{1,16}$/.test(id)) throw new UsageError(`'${id}' is no board; boards have numbers.`);
  const wish = {
    board: id === undefined ? organisationBoard : Number(id),
    window: termAsked(asked, 'window', windowIds),
    metric: termAsked(asked, 'metric', metricIds),
  };
  if (isOff(team)) return 1;
  const seen = await look(team, 'board', wish);
  if (seen.value === undefined) return complain(team, seen.failure);
  const standing = await look(team, 'standing', wish);
  const views = await look(team, 'views');
  if (asked.is('json')) {
    print([
      JSON.stringify({ board: seen.value, standing: standing.value ?? null, at: new Date(seen.at).toISOString() }),
    ]);
    return seen.failure === null ? 0 : 1;
  }
  print(boardLines(seen, standing.value, terminalOf(process.stdout, process.env)));
  if (views.value !== undefined)
    print([`Boards with you on them were looked at ${counted(views.value.total, 'time')}.`]);
  if (seen.failure === null) return 0;
  tell([`This is what was last seen, at ${timeText(seen.at)}.`]);
  return complain(team, seen.failure);
};

function termAsked<Term extends string>(asked: Arguments, flag: 'window' | 'metric', terms: readonly Term[]) {
  const told = asked.value(flag);
  if (told === undefined) return undefined;
  const term = terms.find((one) => one === told);
  if (term === undefined) throw new UsageError(`--${flag} is one of ${terms.join(', ')}, not '${told}'.`);
  return term;
}

function boardLines({ value: board }: Kept<Snapshot>, own: Standing | undefined, terminal: Terminal): string[] {
  const { name, state, notice, metric, window, from, to, total, rows, builtAt } = board;
  if (state === 'closed')
    return [`${harmless(name)}: closed by its owner.`, ...wrap(harmless(notice ?? ''), terminal.width)];
  const lines = [`${harmless(name)}, ${metric}, ${window}${from === null ? '' : `: ${from} to ${to} (UTC)`}`];
  if (state === 'waiting')
    lines.push('The board is counted for the first time; it will be there after its next snapshot.');
  if (own !== undefined) lines.push(ownLine(own));
  if (total !== null && total.sum !== null) {
    lines.push(
      `All ${total.members ?? ''} together: ${valueText(total.sum, metric)}, median ${valueText(total.median, metric)}.`,
    );
  } else if (total?.withheld != null) {
    lines.push('Sums are not told: too few take part, or one could be told from them.');
  }
  if (rows.length > 0) {
    const columns = [
      { title: 'Rank', kind: 'figure' },
      { title: 'Name', kind: 'name' },
      { title: metric, kind: 'figure' },
      { title: 'Badges', kind: 'name', drop: 1 },
    ] as const;
    const cells = rows.map((row) => ({
      cells: [String(row.rank), harmless(row.name), valueText(row.value, metric), row.badges.join(' ')],
      ...(row.rank === own?.listedRank ? { style: 'strong' as const } : {}),
    }));
    lines.push('', ...table(columns, cells, terminal.width, terminal.paint), '');
  }
  lines.push(...wrap(`${metric} = ${metrics[metric].formula}`, terminal.width));
  if (builtAt !== null) lines.push(`Snapshot of ${timeText(Date.parse(builtAt))}.`);
  return lines;
}

function ownLine({ value, rank, percentile, toNext, metric }: Standing): string {
  if (value === null || rank === null) return 'You have nothing here yet.';
  const next = toNext === null ? '' : `, ${valueText(toNext, metric)} to the next`;
  return `You: ${valueText(value, metric)}, rank ${rank}${percentile === null ? '' : `, ahead of or level with ${percentile} %`}${next}.`;
}

function valueText(value: number | null, metric: MetricId): string {
  if (value === null) return '–';
  switch (metrics[metric].unit) {
    case 'tokens':
      return compact(value);
    case 'microUsd':
      return usd(value * 1000);
    case 'share':
      return `${(value * 100).toFixed(1)} %`;
    case 'days':
    case 'models':
      return String(value);
  }
}

import type { Cell } from '../../src/team/protocol/sync.ts';
import type { Visibility } from '../../src/team/protocol/terms.ts';
import { type Random, seeded } from './random.ts';

/** Someone made up, and how they stand on the demo's board. */
export interface DemoPerson {
  readonly name: string;
  /** Index into `demoTeams`. */
  readonly team: number;
  readonly visibility: Visibility;
  readonly badges: readonly string[];
  /** Of each day before `now`, the earliest first. */
  readonly cells: readonly Cell[];
}

export const demoTeams = ['Platform', 'Apps', 'Data'] as const;

const names =
  `Ada Beryl Cosmo Dora Emil Frida Gero Hanna Ivo Jule Kian Lene Milo Nora Otis Pia Quin Rosa Sven Tilda Ugo Vera
  Wim Yara`.split(/\s+/);
const models = [
  ['claude-code', 'claude-opus-4-6', 5],
  ['claude-code', 'claude-sonnet-4-5', 15],
  ['codex', 'gpt-5.1-codex', 8],
  ['gemini-cli', 'gemini-2.5-pro', 8],
] as const;
const badges = ['cache-wizard', 'token-legend', 'model-connoisseur', 'toolsmith', 'budget-keeper', 'fleet-admiral'];
const dayMs = 86_400_000;

/** Twenty-four people who do not exist, with a month of usage that nobody has had. */
export function demoPeople(now: number, days: number): readonly DemoPerson[] {
  const random = seeded(24);
  return names.map((name, i) => {
    const scale = 10 ** random.between(-0.6, 0.9);
    const used = models.filter((_model, at) => at === i % models.length || random.chance(0.35));
    return {
      name: `${name} (made up)`,
      team: i % demoTeams.length,
      // Either nobody in a team stands by pseudonym or at least five do: else its sum could not be told.
      visibility: i % demoTeams.length === demoTeams.length - 1 ? 'pseudonym' : 'named',
      badges: badges.filter(() => random.chance(0.3)),
      cells: used.flatMap(([tool, model, price]) => cellsOf(tool, model, price * scale, { now, days, random, scale })),
    };
  });
}

interface Habit {
  readonly now: number;
  readonly days: number;
  readonly random: Random;
  readonly scale: number;
}

function cellsOf(tool: Cell['tool'], model: string, price: number, { now, days, random, scale }: Habit): Cell[] {
  const cells: Cell[] = [];
  for (let ago = days; ago >= 1; ago--) {
    const time = now - ago * dayMs;
    const weekend = [0, 6].includes(new Date(time).getUTCDay());
    if (!random.chance(weekend ? 0.15 : 0.85)) continue;
    const share = (least: number, most: number): number => Math.round(random.between(least, most) * scale);
    const cw = share(200_000, 900_000);
    const out = share(60_000, 260_000);
    cells.push({
      ...{ day: new Date(time).toISOString().slice(0, 10), tool, model, rev: 1 },
      ...{ in: share(20_000, 300_000), out, cr: share(4_000_000, 30_000_000), cw, cw1: 0, rs: Math.round(out / 4) },
      ...{ req: 1 + share(40, 300), est: false, usd: Math.round(price * random.between(1e6, 3e6)), pv: 'demo' },
    });
  }
  return cells;
}

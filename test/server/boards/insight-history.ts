import assert from 'node:assert/strict';
import { type DecidedCell, decideCell, decisionFor, mixing } from '../../../src/server/boards/insight-cells.ts';
import { insightFigures } from '../../../src/server/boards/insight-figures.ts';
import { numbering } from '../../../src/server/boards/numbering.ts';
import { newSalt, readState, writeState } from '../../../src/server/boards/state-text.ts';
import type { InsightFigures } from '../../../src/team/protocol/insights.ts';
import type { Random } from '../../demo/random.ts';

interface Person {
  readonly member: number;
  team: number;
  readonly pace: number;
  /** How the tokens are parted among the tools, which have models of their own. */
  tools: string[];
  here: boolean;
}

/** A share that was told: whose tokens were in it. */
interface Told {
  readonly at: number;
  readonly digits: number;
  readonly total: number;
  readonly parts: ReadonlyMap<number, number>;
}

const tools = ['claude-code', 'codex', 'amp', 'goose'];
const steps = 10;

/** Lets people come, go, rest, and change teams and tools, and checks every figure that is told. Answers how many shares were. */
export async function randomInsights(random: Random, seed: number): Promise<number> {
  const k = random.chance(0.3) ? 7 : 5;
  const teams = random.whole(0, 2);
  const people = Array.from({ length: random.whole(5, 60) }, (_none, index) => newcomer(random, index, teams));
  const states = new Map<string, string>();
  const told = new Map<string, Told[]>();
  const salt = newSalt();
  let shares = 0;
  for (let at = 0; at < steps; at++) {
    if (at > 0) change(random, people, teams);
    const here = people.filter((one) => one.here);
    const mixes = here.map((one) => mixOf(random, one));
    const numbers = await numbering(
      salt,
      here.map(({ member }) => member),
    );
    const members = new Map(
      Array.from({ length: teams }, (_none, team) => [
        team + 1,
        new Set(here.flatMap((one, number) => (one.team === team + 1 ? [number] : []))),
      ]),
    );
    const tokens = mixes.map((mix) => mix.reduce((sum, one) => sum + one.tokens, 0));
    const decided = new Map<string, DecidedCell>();
    const plain = [
      { name: 'tokens', values: tokens },
      { name: 'input', values: tokens.map((value) => Math.round(value / 2)) },
    ];
    for (const cell of [...plain, ...mixing(mixes).cells(k)]) {
      const before = readState(states.get(cell.name) ?? null, numbers);
      const one = await decideCell(cell, members, before, { day: at, k });
      states.set(cell.name, writeState(one.state, numbers));
      decided.set(cell.name, one);
    }
    const [all, input] = [decided.get('tokens'), decided.get('input')];
    assert.ok(all !== undefined && input !== undefined);
    for (const team of [undefined, ...members.keys()]) {
      const mix = [...decided.values()].filter(({ name }) => name.includes(':'));
      const figures = insightFigures(
        { k, tokens: all, input, cacheReads: tokens.map(() => 0), activeDays: tokens.map(() => 9), mix },
        team,
      );
      const where = `seed ${seed}, step ${at}, ${team === undefined ? 'all' : `team ${team}`}`;
      shares += checkFigures(figures, { k, team, decided, where });
      for (const cell of decided.values()) {
        const decision = decisionFor(cell, team);
        if (decision?.sum === undefined) continue;
        const parts = new Map(
          decision.sum.members.flatMap((number) => {
            const one = here[number];
            return one === undefined ? [] : [[one.member, cell.values[number] ?? 0] as const];
          }),
        );
        const list = told.get(`${team} ${cell.name}`) ?? [];
        told.set(`${team} ${cell.name}`, list);
        const next = { at, digits: decision.sum.digits, total: decision.sum.total, parts };
        for (const earlier of list) checkDifference(earlier, next, k, `${where}, ${cell.name}`);
        list.push(next);
      }
    }
  }
  return shares;
}

/** The rules, written down once more. */
function obeys(values: readonly number[], k: number): boolean {
  const active = values.filter((value) => value > 0).sort((a, b) => b - a);
  const sum = active.reduce((all, value) => all + value, 0);
  const [first = 0, second = 0] = active;
  return active.length >= k && first <= sum / 2 && first + second <= sum * 0.8;
}

function checkFigures(
  figures: InsightFigures,
  about: {
    readonly k: number;
    readonly team: number | undefined;
    readonly decided: ReadonlyMap<string, DecidedCell>;
    readonly where: string;
  },
): number {
  const { k, team, decided, where } = about;
  const tokens = decided.get('tokens');
  const own = tokens === undefined ? undefined : decisionFor(tokens, team)?.sum?.members;
  if (tokens === undefined || own === undefined) {
    const { withheld, ...others } = figures;
    assert.ok(withheld !== null, where);
    for (const [name, value] of Object.entries(others)) assert.equal(value, null, `${where}: ${name}`);
    return 0;
  }
  const worth = (cell: DecidedCell | undefined, number: number) => cell?.values[number] ?? 0;
  assert.ok(
    obeys(
      own.map((number) => worth(tokens, number)),
      k,
    ),
    `${where}: all`,
  );
  let shares = 0;
  for (const [kind, mix] of [
    ['tool', figures.tools],
    ['model', figures.models],
  ] as const) {
    const cells = (mix ?? []).flatMap(({ id }) => (id === null ? [] : [decided.get(`${kind}:${id}`)]));
    for (const cell of cells) {
      const inIt = cell === undefined ? undefined : decisionFor(cell, team)?.sum?.members;
      assert.ok(inIt !== undefined, `${where}: a share of nobody`);
      assert.ok(
        obeys(
          inIt.map((number) => worth(cell, number)),
          k,
        ),
        `${where}: ${cell?.name}`,
      );
      shares++;
    }
    if (cells.length === 0) continue;
    const inCell = (cell: DecidedCell | undefined, number: number) =>
      cell !== undefined && decisionFor(cell, team)?.sum?.members.includes(number) === true;
    const left = own.map((number) =>
      cells.reduce((rest, cell) => rest - (inCell(cell, number) ? worth(cell, number) : 0), worth(tokens, number)),
    );
    assert.ok(left.every((value) => value === 0) || obeys(left, k), `${where}: what the ${kind}s leave`);
    const percents = (mix ?? []).map((one) => one.percent);
    const together = percents.reduce((sum, one) => sum + one, 0);
    assert.ok(Math.abs(together - 100) <= 3 * percents.length, `${where}: ${percents}`);
    assert.ok(
      percents.every((one) => one % 5 === 0 && one > 0 && one <= 100),
      `${where}: ${percents}`,
    );
  }
  return shares;
}

function checkDifference(earlier: Told, later: Told, k: number, where: string): void {
  const only = (a: Told, b: Told) => [...a.parts].flatMap(([member, value]) => (b.parts.has(member) ? [] : [value]));
  const parted = [...only(earlier, later), ...only(later, earlier)].filter((value) => value > 0);
  if (parted.length === 0) return;
  const step = ({ total, digits }: Told) => 10 ** (Math.floor(Math.log10(total)) - digits + 1);
  const all = parted.reduce((sum, value) => sum + value, 0);
  const unseen = Math.min(earlier.digits, later.digits) <= 2 && all <= Math.max(step(earlier), step(later));
  assert.ok(unseen || obeys(parted, k), `${where}: the difference to ${earlier.at}: ${parted}`);
}

function newcomer(random: Random, member: number, teams: number): Person {
  const pace = 10 ** (random.whole(40, 50) / 10);
  return { member: member + 1000, team: random.whole(0, teams), pace, tools: toolsOf(random), here: true };
}

function toolsOf(random: Random): string[] {
  return tools.filter((_tool, index) => random.chance([0.8, 0.4, 0.25, 0.1][index] ?? 0));
}

function change(random: Random, people: Person[], teams: number): void {
  for (const person of people) {
    if (random.chance(0.02)) person.here = !person.here;
    if (random.chance(0.02)) person.team = random.whole(0, teams);
    if (random.chance(0.05)) person.tools = toolsOf(random);
  }
  const coming = random.chance(0.3) ? random.whole(1, 9) : 0;
  for (let i = 0; i < coming; i++) people.push(newcomer(random, people.length, teams));
}

function mixOf(random: Random, { pace, tools: own }: Person): { tool: string; model: string; tokens: number }[] {
  return own.map((tool, index) => ({
    tool,
    model: random.chance(0.2) ? 'other' : `model-of-${tool}`,
    tokens: Math.round((pace * random.whole(50, 150)) / 100 / (index + 1)),
  }));
}

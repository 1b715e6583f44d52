import { add, noSums, type RunningSums } from '../stats/sums.ts';
import type { ModelTally, Sums } from '../usage/tally.ts';
import type { ToolId } from '../usage/tool-id.ts';
import { freshTokens, totalTokens } from '../usage/usage-event.ts';

/** What a span of time came to, for the status bar. */
export interface Figures {
  readonly sums: Sums;
  readonly tokens: number;
  readonly fresh: number;
  /** Most tokens first. */
  readonly tools: readonly Share<ToolId>[];
  readonly models: readonly Share<string>[];
}

export interface Share<Name> {
  readonly name: Name;
  readonly tokens: number;
  readonly fresh: number;
  readonly sums: Sums;
}

/** Sums up tallies, but for those of some tools. */
export function figuresOf(tallies: readonly ModelTally[], withoutTools: readonly ToolId[] = []): Figures {
  const all = noSums();
  const tools = new Map<ToolId, RunningSums>();
  const models = new Map<string, RunningSums>();
  for (const tally of tallies) {
    if (withoutTools.includes(tally.tool)) continue;
    add(all, tally);
    add(of(tools, tally.tool), tally);
    add(of(models, tally.model), tally);
  }
  return { ...figuresOfSums(all), tools: sharesOf(tools), models: sharesOf(models) };
}

/** Figures of which only the sums are known. */
export function figuresOfSums(sums: Sums): Figures {
  return { sums, tokens: totalTokens(sums), fresh: freshTokens(sums), tools: [], models: [] };
}

function of<Name>(sums: Map<Name, RunningSums>, name: Name): RunningSums {
  const found = sums.get(name) ?? noSums();
  sums.set(name, found);
  return found;
}

function sharesOf<Name>(sums: ReadonlyMap<Name, Sums>): readonly Share<Name>[] {
  return [...sums]
    .map(([name, sum]) => ({ name, tokens: totalTokens(sum), fresh: freshTokens(sum), sums: sum }))
    .sort((a, b) => b.tokens - a.tokens);
}

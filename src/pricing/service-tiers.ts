/** How a service tier changes the price of tokens. Searches and other calls cost the same in every tier. */
export interface TierFactor {
  readonly factor: number;
  /** Whether the tier is also offered where a long context has a price of its own. */
  readonly longContext: boolean;
}

const standard: TierFactor = { factor: 1, longContext: true };
const half: TierFactor = { factor: 0.5, longContext: true };

/** Names by which tools and vendors call the ordinary tier. */
const standardNames: ReadonlySet<string> = new Set(['', 'standard', 'default', 'auto', 'on_demand']);

/**
 * Fast mode, also for long contexts, cache reads and cache writes. No factor has changed since its model got fast mode;
 * a discount for plans in February 2026 was no list price.
 * https://platform.claude.com/docs/en/build-with-claude/fast-mode
 */
const claudeFast: ReadonlyMap<string, number> = new Map([
  ['claude-opus-4-6', 6],
  ['claude-opus-4-7', 6],
  ['claude-opus-4-8', 2],
  ['claude-opus-5', 2],
  ['claude-opus-5-5', 2],
]);

/**
 * Priority processing, called fast mode since 2026-07-30, for contexts of ordinary length.
 * https://openai.com/api-priority-processing/ and https://openai.com/api-fast-mode/
 */
const openaiPriority: ReadonlyMap<string, number> = new Map([
  ['gpt-4o', 1.7],
  ['gpt-4o-mini', 5 / 3],
  ['gpt-4.1', 1.75],
  ['gpt-4.1-mini', 1.75],
  ['gpt-4.1-nano', 2],
  ['o3', 1.75],
  ['o4-mini', 20 / 11],
  ['gpt-5', 2],
  ['gpt-5-mini', 1.8],
  ['gpt-5-codex', 2],
  ['gpt-5.1', 2],
  ['gpt-5.1-codex', 2],
  ['gpt-5.1-codex-mini', 1.8],
  ['gpt-5.2', 2],
  ['gpt-5.2-codex', 2],
  ['gpt-5.3-codex', 2],
  ['gpt-5.4', 2],
  ['gpt-5.4-mini', 2],
  ['gpt-5.5', 2.5],
]);

/** Priority processing that is listed for long contexts as well; it follows every change of the ordinary price. */
const openaiPriorityLong: ReadonlyMap<string, number> = new Map([
  ['gpt-5.6-sol', 2],
  ['gpt-5.6', 2],
  ['gpt-5.6-terra', 2],
  ['gpt-5.6-luna', 2],
  ['gpt-6-sol', 2],
  ['gpt-6-luna', 2],
]);

/** Models with flex processing and batches at half the ordinary price: https://developers.openai.com/api/docs/pricing */
const openaiHalf = /^(?:gpt-[5-9](?!.*codex)|o3|o4)/;

/** The factor of a tier for a model (normalised id) at its own vendor; undefined where none is listed. */
export function tierFactor(provider: string, model: string, tier: string | undefined): TierFactor | undefined {
  const name = (tier ?? '').toLowerCase();
  if (standardNames.has(name)) return standard;
  if (provider === 'anthropic') return anthropicFactor(model, name);
  if (provider === 'openai') return openaiFactor(model, name);
  return undefined;
}

/** Batches: https://platform.claude.com/docs/en/build-with-claude/batch-processing#pricing. Priority has no list price. */
function anthropicFactor(model: string, tier: string): TierFactor | undefined {
  if (tier === 'batch') return half;
  const factor = tier === 'fast' ? claudeFast.get(model) : undefined;
  return factor === undefined ? undefined : { factor, longContext: true };
}

function openaiFactor(model: string, tier: string): TierFactor | undefined {
  if (tier === 'flex' || tier === 'batch') return openaiHalf.test(model) ? half : undefined;
  if (tier !== 'priority' && tier !== 'fast') return undefined;
  const long = openaiPriorityLong.get(model);
  const factor = long ?? openaiPriority.get(model);
  return factor === undefined ? undefined : { factor, longContext: long !== undefined };
}

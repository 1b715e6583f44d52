import assert from 'node:assert/strict';
import { loadPrices, type PriceList } from '../../src/pricing/price-list.ts';
import { at, nano, tokens } from './requests.ts';

describe('which models have a price', () => {
  let prices: PriceList;
  before(async () => {
    prices = await loadPrices();
  });

  /** USD for a million tokens of input. */
  function input(model: string, provider?: string): number | undefined {
    const counts = tokens({ input: 100_000 });
    const cost = prices.costNanoUSD({ model, provider, time: at('2026-10-01T12:00Z'), tokens: counts, webSearches: 0 });
    return cost === undefined ? undefined : cost / nano(0.1);
  }

  for (const [model, provider, usd] of [
    ['claude-opus-4-5-20251101', undefined, 5],
    ['claude-opus-4-5[1m]', undefined, 5],
    ['claude-sonnet-4.5', undefined, 3],
    ['claude-4.5-sonnet-thinking', undefined, 3],
    ['claude-3-5-sonnet-20241022', undefined, 3],
    ['anthropic/claude-sonnet-4.5', undefined, 3],
    ['anthropic/claude-sonnet-4.5', 'openrouter', 3],
    ['openrouter/anthropic/claude-sonnet-4.5', undefined, 3],
    ['claude-sonnet-4-5@20250929', undefined, 3],
    ['claude-opus-4-1@20250805', 'vertex', 15],
    ['claude-sonnet-4-5', 'amazon-bedrock', 3],
    ['global.anthropic.claude-sonnet-4-5-20250929-v1:0', undefined, 3],
    ['us.anthropic.claude-sonnet-4-5-20250929-v1:0', undefined, 3.3],
    ['bedrock/eu.anthropic.claude-opus-4-6-v1', undefined, 5.5],
    ['arn:aws:bedrock:us-east-1:1:inference-profile/us.anthropic.claude-opus-4-5-20251101-v1:0', undefined, 5.5],
    ['copilot/claude-sonnet-4.5', undefined, 3],
    ['claude-opus-4.8-fast', 'github-copilot', 10],
    ['claude-sonnet-5-5', undefined, 2],
    ['gpt-5-codex', undefined, 1.25],
    ['gpt-5-codex', 'openai', 1.25],
    ['gpt-5.1-codex-high', undefined, 1.25],
    ['gpt-5-2025-08-07', 'azure', 1.25],
    ['gpt-4.1', 'github-copilot', 2],
    ['gpt-4o-2024-05-13', undefined, 5],
    ['gpt-4o-2024-11-20', undefined, 2.5],
    ['codex-mini-latest', undefined, 1.5],
    ['models/gemini-2.5-pro', undefined, 1.25],
    ['gemini-3-flash-preview', 'google', 0.5],
    ['grok-code-fast-1', undefined, 0.2],
    ['xai/grok-code-fast-1', undefined, 0.2],
    ['glm-5', undefined, 0.552],
    ['glm-4.7', 'zai-coding-plan', 0.276],
    ['kimi-k2.5', 'moonshotai', 0.6],
    ['kimi-k2.5', 'kimi-for-coding', 0.6],
    ['MiniMax-M2', 'minimax-cn', 0.3],
    ['glm-4.7', 'z.ai', 0.276],
    ['  Claude-Opus-4-5 ', '  ANTHROPIC ', 5],
    ['gemini-2.5-pro', 'google-vertex', 1.25],
    ['grok-4', 'openrouter', 3],
    ['o3', 'openrouter', 2],
    ['chatgpt-4o-latest', undefined, 5],
    ['openai/gpt-oss-120b', 'groq', 0.15],
    ['qwen/qwen3-coder:free', 'openrouter', 0],
  ] as const) {
    it(`${model}${provider === undefined ? '' : ` at ${provider}`}`, () => assert.equal(input(model, provider), usd));
  }

  for (const [model, provider] of [
    ['', undefined],
    ['unknown', undefined],
    ['<synthetic>', undefined],
    ['delivery-mirror', undefined],
    ['sonnet', undefined],
    ['claude-opus-4-9', undefined],
    ['claude-opus-4-10', undefined],
    ['claude-sonnet-5-7', undefined],
    ['claude-opus-4-8-fast', 'anthropic'],
    ['anthropic/claude-opus-4.5:free', 'openrouter'],
    ['gpt-7', undefined],
    ['gpt-5.2-high-fast', undefined],
    ['gpt-oss-120b', undefined],
    ['gpt-oss:20b', undefined],
    ['deepseek-r1:7b', undefined],
    ['llama3:latest', undefined],
    ['qwen3:1.7b', undefined],
    ['gpt-5.gguf', undefined],
    ['claude-opus-4-5', 'ollama'],
    ['claude-opus-4-5', 'lmstudio'],
    ['claude-opus-4-5', 'lm-studio'],
    ['claude-opus-4-5', 'lm_studio'],
    ['kimi-k2.5', 'llama.cpp'],
    ['kimi-k2.5', 'llamacpp'],
    ['kimi-k2.5', 'oss'],
    ['qwen/qwen3-coder', undefined],
    ['qwen/qwen3-coder', 'lmstudio'],
    ['lm_studio/openai/gpt-oss-20b', undefined],
    ['kimi-k2.5', 'some-host'],
    ['whisper-1', 'openai'],
  ] as const) {
    const name = `${model || 'no model'}${provider === undefined ? '' : ` at ${provider}`} is unpriced, not free`;
    it(name, () => assert.equal(input(model, provider), undefined));
  }

  it('has no price for output of a model that lists none', () => {
    const request = { model: 'text-embedding-3-small', provider: 'openai', time: at('2026-01-15'), webSearches: 0 };
    assert.equal(prices.costNanoUSD({ ...request, tokens: tokens({ input: 1_000_000 }) }), nano(0.02));
    assert.equal(prices.costNanoUSD({ ...request, tokens: tokens({ input: 1_000_000, output: 1 }) }), undefined);
  });
});

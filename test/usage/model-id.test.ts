import assert from 'node:assert/strict';
import { normalModelId } from '../../src/usage/model-id.ts';

/** Ids as tools, clouds and routers log them, by the model they mean. */
const same: Readonly<Record<string, readonly string[]>> = {
  'claude-opus-4-5': [
    'claude-opus-4-5-20251101',
    'claude-opus-4-5',
    'claude-opus-4.5',
    'Claude Opus 4.5',
    'anthropic/claude-opus-4.5',
    'anthropic/claude-opus-4-5-20251101',
    'openrouter/anthropic/claude-opus-4.5',
    'claude-opus-4-5@20251101',
    'vertex_ai/claude-opus-4-5@20251101',
    'anthropic.claude-opus-4-5-20251101-v1:0',
    'us.anthropic.claude-opus-4-5-20251101-v1:0',
    'eu.anthropic.claude-opus-4-5-20251101-v1:0',
    'apac.anthropic.claude-opus-4-5-20251101-v1:0',
    'global.anthropic.claude-opus-4-5-20251101-v1:0',
    'us-gov.anthropic.claude-opus-4-5-20251101-v1:0',
    'bedrock/us.anthropic.claude-opus-4-5-20251101-v1:0',
    'arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-opus-4-5-20251101-v1:0',
    'arn:aws:bedrock:eu-west-1::foundation-model/anthropic.claude-opus-4-5-20251101-v1:0',
    'claude-opus-4-5[1m]',
    'claude-opus-4-5-20251101[1m]',
    'claude-opus-4-5-thinking',
    'claude-4.5-opus',
    'claude-4.5-opus-high-thinking',
    'copilot/claude-opus-4.5',
    'github_copilot/claude-opus-4.5',
    'publishers/anthropic/models/claude-opus-4-5@20251101',
    ' claude-opus-4-5 ',
  ],
  'claude-opus-4-6': ['us.anthropic.claude-opus-4-6-v1', 'global.anthropic.claude-opus-4-6-v1[1m]', 'claude-opus-4-6'],
  'claude-opus-4': [
    'claude-opus-4-20250514',
    'claude-opus-4-0',
    'claude-opus-4@20250514',
    'us.anthropic.claude-opus-4-20250514-v1:0',
    'claude-4-opus',
    'claude-4-opus-thinking',
    'anthropic/claude-opus-4',
  ],
  'claude-opus-4-1': ['claude-opus-4-1-20250805', 'claude-opus-4.1'],
  'claude-sonnet-4': ['claude-sonnet-4-20250514', 'claude-sonnet-4', 'claude-4-sonnet-thinking'],
  'claude-sonnet-4-5': [
    'claude-sonnet-4-5-20250929',
    'claude-sonnet-4.5',
    'claude-4.5-sonnet',
    'au.anthropic.claude-sonnet-4-5-20250929-v1:0',
  ],
  'claude-haiku-4-5': ['claude-haiku-4-5-20251001', 'claude-haiku-4.5', 'claude-4.5-haiku'],
  'claude-3-5-sonnet': [
    'claude-3-5-sonnet-20241022',
    'claude-3-5-sonnet-20240620',
    'claude-3-5-sonnet-latest',
    'claude-3.5-sonnet',
    'anthropic/claude-3.5-sonnet:beta',
    'anthropic.claude-3-5-sonnet-20241022-v2:0',
    'claude-3-5-sonnet-v2@20241022',
  ],
  'claude-3-7-sonnet': [
    'claude-3-7-sonnet-20250219',
    'claude-3.7-sonnet',
    'anthropic/claude-3.7-sonnet:thinking',
    'claude-sonnet-3.7',
  ],
  'claude-3-opus': ['claude-3-opus-20240229', 'anthropic.claude-3-opus-20240229-v1:0:200k'],
  'claude-fable-5-1': ['claude-fable-5-1', 'anthropic/claude-fable-5.1', 'anthropic.claude-fable-5-1-v1:0'],
  'claude-v2:1': ['anthropic.claude-v2:1'],
  'gpt-5': ['gpt-5', 'openai/gpt-5', 'gpt-5-2025-08-07', 'GPT-5', 'azure/gpt-5', 'gpt-5-high'],
  'gpt-5-codex': ['gpt-5-codex', 'openai/gpt-5-codex'],
  'gpt-5.1-codex': ['gpt-5.1-codex', 'gpt-5-1-codex', 'gpt-5.1-codex-high'],
  'gpt-5.1-codex-max': ['gpt-5.1-codex-max', 'gpt-5.1-codex-max-xhigh'],
  'gpt-5.3-codex': ['gpt-5.3-codex', 'copilot/gpt-5.3-codex'],
  'gpt-5.4': ['gpt-5.4-2026-03-05', 'gpt-5-4'],
  'gpt-4o': ['gpt-4o-2024-11-20', 'gpt-4o'],
  'o4-mini': ['o4-mini-2025-04-16', 'o4-mini-high', 'o4-mini'],
  'gemini-2.5-pro': [
    'gemini-2.5-pro',
    'models/gemini-2.5-pro',
    'google/gemini-2.5-pro',
    'vertex_ai/gemini-2.5-pro',
    'gemini-2-5-pro',
  ],
  'gemini-3-flash-preview': ['gemini-3-flash-preview', 'google/gemini-3-flash-preview'],
  'deepseek-chat-v3-0324': ['deepseek/deepseek-chat-v3-0324:free'],
  'deepseek-r1': ['us.deepseek.r1-v1:0', 'deepseek-r1'],
  'glm-5': ['glm-5', 'GLM-5', 'z-ai/glm-5', 'zai/glm-5'],
  'kimi-k2-instruct-0905': ['moonshotai/Kimi-K2-Instruct-0905', 'accounts/fireworks/models/kimi-k2-instruct-0905'],
  'qwen3-coder': ['qwen/qwen3-coder:free', 'qwen/qwen3-coder'],
  unknown: ['', '  ', 'unknown'],
  '<synthetic>': ['<synthetic>'],
};

/** Names that look like decoration but are of the model. */
const itself = [
  'claude-opus-4-8-fast',
  'claude-instant',
  'composer-2.5-fast',
  'deepseek-v3',
  'deepseek-r1:7b',
  'devstral-2512',
  'gemini-2.5-flash-lite',
  'gemini-2.5-flash-preview-09-2025',
  'gpt-4-0613',
  'gpt-4-32k',
  'gpt-5-chat-latest',
  'gpt-5-mini',
  'gpt-5-nano',
  'gpt-5-pro',
  'gpt-5.1-codex-mini',
  'gpt-oss:20b',
  'grok-4-0709',
  'grok-4-1-fast-reasoning',
  'grok-code-fast-1',
  'kimi-k2-0905-preview',
  'kimi-k2-thinking',
  'mistral-large-latest',
  'o3-pro',
  'qwen3-max',
  'qwq-32b-preview',
  'sonnet',
];

describe('the normalised model id', () => {
  for (const [normal, ids] of Object.entries(same)) {
    for (const id of ids) it(`${JSON.stringify(id)} is ${normal}`, () => assert.equal(normalModelId(id), normal));
  }

  for (const id of itself) it(`leaves ${id} as it is`, () => assert.equal(normalModelId(id), id));

  it('is its own normalised id', () => {
    for (const id of [...Object.values(same).flat(), ...itself]) {
      assert.equal(normalModelId(normalModelId(id)), normalModelId(id), id);
    }
  });
});

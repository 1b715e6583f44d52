import type { TokenCounts, UsageEvent } from '../usage/usage-event.ts';
import { apart } from './cache-in-input.ts';
import { takenBack } from './taken-back.ts';

/** Counts as every source of the Copilot CLI tells them: the input holds what was read from and written to a cache. */
export interface CopilotCounts {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  readonly reasoning: number;
}

/** Nobody goes on with a session more often; what is told beyond is not looked for. */
const mostShutdowns = 64;

/** Gemini's reasoning is beside its output, all others' inside. */
export function copilotTokens(model: string, counts: CopilotCounts): TokenCounts {
  const { input: all, cacheRead, cacheWrite, reasoning } = counts;
  const output = model.startsWith('gemini') ? counts.output + reasoning : counts.output;
  return apart({ all, output, cacheRead, cacheWrite, reasoning });
}

/** Names the sum of a session's requests to a model that its n-th end tells, from 0. */
export function shutdownKey(session: string, model: string, n: number): string {
  return `copilot-cli:${session}:end:${model}:${n}`;
}

/** Names a request that an OTel file tells, by what its session's database tells of it as well. */
export function otelKey(session: string, { input, output, cacheRead }: CopilotCounts): string {
  return `copilot-cli:${session}:otel:${input}:${output}:${cacheRead}`;
}

/**
 * Takes back the n-th sum of a session and model: a source that tells single requests has at least one for each sum, so that
 * with its n-th request, no sum is left.
 */
export function sumTakenBack(event: UsageEvent, model: string, n: number): readonly UsageEvent[] {
  return n < mostShutdowns ? [takenBack(shutdownKey(event.session, model, n), event)] : [];
}

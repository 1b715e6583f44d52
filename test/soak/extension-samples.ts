import { casesOf, fixtureTools } from '../readers/fixture-cases.ts';
import { type Sample, sampleOf } from './extension-sessions.ts';

/**
 * Fixtures whose work cannot be repeated under other names: their records are told apart by a number or a moment that is no
 * name, or a second one would be a copy of the first. Two more write into a database of another fixture, with other columns;
 * two tell counts in files that stand beside a message and, there, come after it. A new fixture takes part by itself.
 */
const unrepeatable: readonly string[] = [
  ...['antigravity-cli/conversations', 'claude-code/attribution', 'claude-code/broken-lines', 'claude-code/progress'],
  ...['cline/requests', 'codex/nested-subagents', 'codex/openclaw-mirror', 'codex/subagents'],
  ...['codex/subagents-without-parent', 'continue/dev-data', 'copilot-chat/debug-log', 'copilot-cli/database'],
  ...['copilot-cli/otel', 'copilot-cli/upgraded', 'gemini-cli/two-places', 'hermes/by-model', 'mistral-vibe/sums'],
  ...['goose/sums', 'opencode/next'],
  ...['opencode/oldest', 'opencode/storage'],
];

/** What tools do in a soak, by tool. */
export function allSamples(): ReadonlyMap<string, readonly Sample[]> {
  const names = fixtureTools.map((tool) => [
    tool,
    casesOf(tool).filter((name) => !unrepeatable.includes(`${tool}/${name}`)),
  ]) as readonly (readonly [string, readonly string[]])[];
  return new Map(
    names
      .filter(([, cases]) => cases.length > 0)
      .map(([tool, cases]) => [tool, cases.map((name) => sampleOf(tool, name))]),
  );
}

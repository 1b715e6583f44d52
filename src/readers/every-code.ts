import { codex } from './codex.ts';
import { foldersNamed } from './paths.ts';
import type { AnyReader, LogPlace, Machine } from './reader.ts';

/**
 * Every Code came from Codex and keeps its rollouts, but for events, which it wraps once more (`type` is `event`) and numbers. It
 * goes on with sessions of Codex too: the requests of those are Codex's by their keys, wherever they are read.
 */
export const everyCode: AnyReader = {
  ...codex,
  id: 'every-code',
  title: 'Every Code',
  evidence: 'source',
  note: 'Exact; sessions of early versions do not tell their model. Agents of other tools that it runs are counted as theirs.',
  logs,
};

function logs(machine: Machine): readonly LogPlace[] {
  const named = foldersNamed(machine.env.CODE_HOME, machine);
  const homes = named.length > 0 ? named : foldersNamed(`${machine.home}/.code`, machine);
  // The index beside the rollouts tells of no usage.
  return homes.map((home) => ({ dir: `${home}/sessions`, files: /^(?:.+\/)?rollout-[^/]+\.jsonl$/, kind: 'lines' }));
}

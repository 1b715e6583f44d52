import { claudeCode } from './claude-code.ts';
import { dataFolders } from './paths.ts';
import type { AnyReader, LogPlace, Machine } from './reader.ts';

/** Claude Desktop's agent mode runs Claude Code in folders of its own, whose transcripts are Claude Code's. */
export const claudeDesktop: AnyReader = {
  ...claudeCode,
  id: 'claude-desktop',
  title: 'Claude Desktop',
  note: 'Exact for its agent mode. Chats are not on the machine.',
  logs,
};

/** `<app>/<machine>/local_<session>/.claude/projects/<project>/<session>.jsonl`, with one folder more for some. */
const transcripts = /^(?:[^/]+\/){3,4}\.claude\/projects\/(?!(?:.*\/)?journal\.jsonl$).+\.jsonl$/;
/** What a session works on stands beside its `.claude` and may be large. */
const enter = /^[^/]+(?:\/[^/]+){0,2}$|^[^/]+\/[^/]+\/agent\/[^/]+$|\/\.claude(?:\/projects(?:\/.*)?)?$/;

function logs(machine: Machine): readonly LogPlace[] {
  const { config, local } = dataFolders(machine);
  // What came from Microsoft's store has a folder of its own.
  const stored = `${local}/Packages/Claude_pzs8sxrjxfjjc/LocalCache/Roaming`;
  return [config, ...(machine.platform === 'win32' ? [stored] : [])].map((dir) => ({
    dir: `${dir}/Claude/local-agent-mode-sessions`,
    files: transcripts,
    kind: 'lines',
    enter,
  }));
}

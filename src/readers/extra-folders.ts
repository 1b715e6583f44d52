import { machineOfHome } from './extra-homes.ts';
import type { AnyReader, LogPlace, Machine } from './reader.ts';

/** The overrides by which tools say where their own folder is. */
const folderOverrides = [
  'CLAUDE_CONFIG_DIR',
  'CODEX_HOME',
  'GEMINI_CLI_HOME',
  'OPENCODE_DATA_DIR',
  'CLINE_DIR',
  'COPILOT_HOME',
  'CONTINUE_GLOBAL_DIR',
  'KILO_DATA_DIR',
  'OPENCLAW_STATE_DIR',
  'PI_CODING_AGENT_DIR',
  'AMP_DATA_DIR',
  'KIMI_DATA_DIR',
  'GROK_HOME',
  'VIBE_HOME',
  'MUX_ROOT',
  'HERMES_HOME',
  'DSH_HOME',
  'REASONIX_STATE_HOME',
  'GPTME_LOGS_HOME',
] as const;

/**
 * The same readers, looking into further folders as well: each is another home folder (a Windows home seen from WSL, a
 * mounted backup), or a tool's own folder such as `.claude`. Absolute paths. What is the same folder by `realPath` is
 * looked into once.
 */
export function withExtraFolders(
  readers: readonly AnyReader[],
  folders: readonly string[],
  realPath: (path: string) => string = (path) => path,
): readonly AnyReader[] {
  if (folders.length === 0) return readers;
  return readers.map((reader) => ({
    ...reader,
    logs(machine, read): readonly LogPlace[] {
      const further = folders.flatMap((folder) => placesIn(reader, machineOfHome(folder, machine), read));
      const known = new Set<string>();
      return [...reader.logs(machine, read), ...further].filter(({ dir, files, kind }) => {
        // Several places may share a folder, each for files of its own.
        const name = [realPath(dir), files.source, kind].join('\0');
        return known.size < known.add(name).size;
      });
    },
  }));
}

function placesIn(
  reader: AnyReader,
  machine: Machine,
  read: ((path: string) => string | undefined) | undefined,
): readonly LogPlace[] {
  const { home } = machine;
  const env = Object.fromEntries(folderOverrides.map((name) => [name, home]));
  const own = reader.logs({ ...machine, env }, read).filter(({ dir }) => `${dir}/`.startsWith(`${home}/`));
  return [...reader.logs(machine, read), ...own];
}

import type { AnyReader, LogPlace, Machine } from './reader.ts';

/** The overrides by which tools say where their own folder is. */
const folderOverrides = ['CLAUDE_CONFIG_DIR', 'CODEX_HOME', 'GEMINI_CLI_HOME', 'OPENCODE_DATA_DIR'] as const;

/**
 * The same readers, looking into further folders as well: each is another home folder (a Windows home seen from WSL, a
 * mounted backup), or a tool's own folder such as `.claude`. Absolute paths.
 */
export function withExtraFolders(readers: readonly AnyReader[], folders: readonly string[]): readonly AnyReader[] {
  if (folders.length === 0) return readers;
  return readers.map((reader) => ({
    ...reader,
    logs(machine: Machine): readonly LogPlace[] {
      const places = [...reader.logs(machine), ...folders.flatMap((folder) => placesIn(reader, folder, machine))];
      return places.filter((place, i) => !places.slice(0, i).some((before) => isSame(before, place)));
    },
  }));
}

function placesIn(reader: AnyReader, folder: string, { platform }: Machine): readonly LogPlace[] {
  const home = folder.replace(/[/\\]+$/, '');
  const env = Object.fromEntries(folderOverrides.map((name) => [name, home]));
  const own = reader.logs({ home, platform, env }).filter(({ dir }) => `${dir}/`.startsWith(`${home}/`));
  return [...reader.logs({ home, platform, env: {} }), ...own];
}

/** Several places may share a folder, each for files of its own. */
function isSame(a: LogPlace, b: LogPlace): boolean {
  return a.dir === b.dir && a.files.source === b.files.source;
}

import type { Json } from './json.ts';
import { text } from './json.ts';
import { slashed } from './paths.ts';
import type { LogFile, LogKind, LogPlace, Machine } from './reader.ts';

/** Data folders of VS Code and of the editors made from it. */
const editors = [
  'Code',
  'Code - Insiders',
  'Code - Exploration',
  'Code - OSS',
  'VSCodium',
  'Cursor',
  'Windsurf',
  'Positron',
  'Antigravity',
];

/** The parts that run on a remote machine, in a container or in WSL, below the home folder. */
const servers = [
  '.vscode-server',
  '.vscode-server-insiders',
  '.vscode-remote',
  '.vscodium-server',
  '.cursor-server',
  '.windsurf-server',
];

const windowsHomes = '/mnt/c/Users';
/** Windows' homes that are nobody's. */
const person = '(?!(?:Public|Default|Default User|All Users)(?:/|$))[^/]+';

/** A path below a folder, one regular expression a segment: `['tasks', '[^/]+', 'ui_messages\\.json']`. */
export type PathPattern = readonly string[];

/** The places of an extension's logs: in every `User` folder on the machine, at a path below it (may be empty), what matches. */
export function placesInUserFolders(
  machine: Machine,
  below: string,
  patterns: readonly PathPattern[],
  kind: LogKind,
): readonly LogPlace[] {
  const matched = matchers(patterns);
  const places = userFolders(machine).map(
    (dir): LogPlace => ({ dir: below === '' ? dir : `${dir}/${below}`, ...matched, kind }),
  );
  if (!isWsl(machine)) return places;
  const prefix = [person, 'AppData', 'Roaming', `(?:${editors.join('|')})`, 'User', ...literal(below)];
  const windows = patterns.map((pattern) => [...prefix, ...pattern]);
  return [...places, { dir: windowsHomes, ...matchers(windows), kind }];
}

/** The folders of settings and of extensions' data: one an editor, one a server. */
export function userFolders({ home: written, platform, env }: Machine): readonly string[] {
  const slashes = (path: string) =>
    (platform === 'win32' ? path.replaceAll('\\', '/') : path).replace(/(?<=.)\/+$/, '');
  const home = slashes(written);
  const data =
    platform === 'win32'
      ? slashes(env.APPDATA || `${home}/AppData/Roaming`)
      : platform === 'darwin'
        ? `${home}/Library/Application Support`
        : slashes(env.XDG_CONFIG_HOME || `${home}/.config`);
  // Outside of a home folder are only the user's own: another home is read without the environment.
  const outside = Object.keys(env).length > 0 && platform === 'linux' ? ['/tmp', '/workspace'] : [];
  return [
    ...(env.VSCODE_PORTABLE ? [`${slashes(env.VSCODE_PORTABLE)}/user-data/User`] : []),
    ...editors.map((editor) => `${data}/${editor}/User`),
    ...servers.map((server) => `${home}/${server}/data/User`),
    ...outside.map((folder) => `${folder}/.vscode-server/data/User`),
    `${slashes(env.XDG_DATA_HOME || `${home}/.local/share`)}/code-server/User`,
  ];
}

/** The places of tasks where a person has had an extension keep them elsewhere, by its setting in any editor. */
export function tasksElsewhere(
  machine: Machine,
  setting: string,
  files: RegExp,
  read: ((path: string) => string | undefined) | undefined,
): readonly LogPlace[] {
  const written = new RegExp(`"${setting.replaceAll('.', '\\.')}"\\s*:\\s*("(?:[^"\\\\]|\\\\.)+")`);
  const folders = userFolders(machine).flatMap((folder) => {
    const found = text(parseJson(written.exec(read?.(`${folder}/settings.json`) ?? '')?.[1]));
    return found === undefined ? [] : [slashed(found, machine.platform)];
  });
  return [...new Set(folders)].map((folder) => ({ dir: `${folder}/tasks`, files, kind: 'document', depth: 1 }));
}

/** The project folder of a file in a workspace's storage: `…/workspaceStorage/<workspace>/…`; undefined elsewhere. */
export function workspaceFolder(log: LogFile): string | undefined {
  const storage = /^.*\/workspaceStorage\/[^/]+(?=\/)/.exec(log.path)?.[0];
  const told = storage === undefined ? undefined : parseJson(log.read(`${storage}/workspace.json`));
  const { folder, workspace } = (told ?? {}) as { readonly folder?: Json; readonly workspace?: Json };
  const uri = text(folder) ?? text(workspace);
  return uri === undefined ? undefined : pathOfUri(uri);
}

/** The path in a `file:` or `vscode-remote:` address, as the tools on that machine write it. */
export function pathOfUri(uri: string): string | undefined {
  const path = /^[a-z][\w+.-]*:\/\/[^/]*(\/.*)$/i.exec(uri)?.[1];
  if (path === undefined) return undefined;
  const decoded = decode(path);
  const drive = /^\/([a-z]):(\/.*)?$/i.exec(decoded);
  if (drive === null) return decoded;
  return `${drive[1]?.toUpperCase()}:${(drive[2] ?? '/').replaceAll('/', '\\')}`;
}

/** A parsed JSON text; undefined where it is missing or none. */
export function parseJson(json: string | undefined): Json | undefined {
  try {
    return json === undefined ? undefined : (JSON.parse(json) as Json);
  } catch {
    return undefined;
  }
}

function isWsl({ platform, env }: Machine): boolean {
  return platform === 'linux' && (env.WSL_DISTRO_NAME !== undefined || env.WSL_INTEROP !== undefined);
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function literal(path: string): readonly string[] {
  return path === '' ? [] : path.split('/').map((segment) => segment.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
}

/** Whole paths are files; their beginnings are the folders on the way, and nothing else is entered. */
function matchers(patterns: readonly PathPattern[]): Pick<LogPlace, 'files' | 'enter'> {
  const folders = patterns.flatMap((pattern) => pattern.slice(0, -1).map((_, i) => pattern.slice(0, i + 1).join('/')));
  return { files: anyOf(patterns.map((pattern) => pattern.join('/'))), enter: anyOf(folders) };
}

function anyOf(sources: readonly string[]): RegExp {
  return new RegExp(`^(?:${[...new Set(sources)].join('|')})$`);
}

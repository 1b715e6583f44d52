import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

const kept = [
  'PATH',
  'LANG',
  'LC_ALL',
  'TZ',
  'TMPDIR',
  'DISPLAY',
  'WAYLAND_DISPLAY',
  'XAUTHORITY',
  'SystemRoot',
  'TEMP',
  'TMP',
];

/** An environment whose home is this folder: nothing of the person's own logs, settings or overrides gets in. */
export function sandboxEnv(home: string, more: Readonly<Record<string, string>> = {}): Record<string, string> {
  const runtime = join(home, '.run');
  mkdirSync(runtime, { recursive: true, mode: 0o700 });
  const env: Record<string, string> = {
    HOME: home,
    USERPROFILE: home,
    APPDATA: join(home, 'AppData', 'Roaming'),
    LOCALAPPDATA: join(home, 'AppData', 'Local'),
    XDG_CACHE_HOME: join(home, '.cache'),
    XDG_CONFIG_HOME: join(home, '.config'),
    XDG_DATA_HOME: join(home, '.local', 'share'),
    XDG_RUNTIME_DIR: runtime,
    XDG_STATE_HOME: join(home, '.local', 'state'),
  };
  for (const name of kept) if (process.env[name] !== undefined) env[name] = process.env[name];
  return { ...env, ...more };
}

import { accessSync, constants, existsSync, readdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Browser } from 'playwright-core';
import { chromium } from 'playwright-core';
import { installedOnce } from './cache-folder.ts';
import { runCommand, runNpm } from './run-command.ts';
import { say } from './say.ts';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
const npmVersion = '153.0.0';
const fontsConf = `<?xml version="1.0"?>
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`;

interface Chromium {
  readonly path: string;
  /** What it needs in its environment. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Chromium without a window, and without a way to any other machine. */
export async function launchChromium(): Promise<Browser> {
  const { path, env } = await findChromium();
  return chromium.launch({
    executablePath: path,
    env: { ...process.env, ...env },
    headless: true,
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
      ...['--disable-component-update', '--disable-sync', '--disable-dev-shm-usage'],
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    ],
  });
}

/** Chromium on this machine: `$CHROMIUM`, an installed one, Playwright's; else Debian's as root; else the one in npm. */
async function findChromium(): Promise<Chromium> {
  const found = process.env.CHROMIUM ?? onPath() ?? playwrights();
  if (found) return { path: found };
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    say('No Chromium found, which the browser tests need: installing the one of Debian (apt-get install chromium) …');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    try {
      await runCommand('apt-get', ['update', '-qq'], { env });
      await runCommand('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { env });
      const installed = onPath();
      if (installed) return { path: installed };
    } catch (error) {
      say(`That did not work (${(error as Error).message.split('\n')[0]}).`);
    }
  }
  return fromNpm();
}

function onPath(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(canRun);
}

function playwrights(): string | undefined {
  const root = process.env.PLAYWRIGHT_BROWSERS_PATH ?? join(homedir(), '.cache', 'ms-playwright');
  if (!existsSync(root)) return undefined;
  const builds = readdirSync(root).filter((name) => /^chromium-\d+$/.test(name));
  const newestFirst = builds.sort((a, b) => Number(b.slice(9)) - Number(a.slice(9)));
  return newestFirst
    .flatMap((build) => ['chrome-linux64', 'chrome-linux'].map((folder) => join(root, build, folder, 'chrome')))
    .find(canRun);
}

function canRun(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Where there is no root there may be none of Chromium's libraries and fonts either: this one brings its own. */
async function fromNpm(): Promise<Chromium> {
  const folder = await installedOnce(`chromium-${npmVersion}`, async (target) => {
    say(`No Chromium found, which the browser tests need: fetching @sparticuz/chromium ${npmVersion} from npm …`);
    const manifest = { private: true, dependencies: { '@sparticuz/chromium': npmVersion } };
    writeFileSync(join(target, 'package.json'), JSON.stringify(manifest));
    await runNpm(['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: target });
    // It unpacks into the folder for temporary files, which is here the one that is kept.
    const unpack = `import { inflate } from '@sparticuz/chromium';
      for (const name of ['chromium', 'fonts.tar', 'swiftshader.tar', 'al2023.tar'])
        await inflate('node_modules/@sparticuz/chromium/bin/' + name + '.br');`;
    const env = { ...process.env, TMPDIR: target };
    writeFileSync(join(target, 'fonts.conf'), fontsConf);
    await runCommand(process.execPath, ['--input-type=module', '--eval', unpack], { cwd: target, env });
  });
  const libraries = [join(folder, 'al2023', 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(delimiter);
  return {
    path: join(folder, 'chromium'),
    env: { LD_LIBRARY_PATH: libraries, FONTCONFIG_FILE: join(folder, 'fonts.conf') },
  };
}

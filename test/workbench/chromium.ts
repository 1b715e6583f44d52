import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Browser } from 'playwright-core';
import { chromium } from 'playwright-core';
import { installedOnce } from './cache-folder.ts';
import { runCommand, runNpm } from './run-command.ts';
import { say } from './say.ts';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
const npmVersion = '153.0.0';

/** Chromium without a window, and without a way to any other machine. */
export async function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: await chromiumPath(),
    headless: true,
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
      ...['--disable-component-update', '--disable-sync', '--disable-dev-shm-usage'],
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    ],
  });
}

/** Chromium on this machine: `$CHROMIUM`, an installed one, Playwright's; else Debian's as root; else the one in npm. */
export async function chromiumPath(): Promise<string> {
  const found = process.env.CHROMIUM ?? onPath() ?? playwrights();
  if (found) return found;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    say('No Chromium found, which the browser tests need: installing the one of Debian (apt-get install chromium) …');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    try {
      await runCommand('apt-get', ['update', '-qq'], { env });
      await runCommand('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { env });
      const installed = onPath();
      if (installed) return installed;
    } catch (error) {
      say(`That did not work (${(error as Error).message.split('\n')[0]}).`);
    }
  }
  return fromNpm();
}

function onPath(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find((file) => existsSync(file));
}

function playwrights(): string | undefined {
  const root = process.env.PLAYWRIGHT_BROWSERS_PATH ?? join(homedir(), '.cache', 'ms-playwright');
  if (!existsSync(root)) return undefined;
  const builds = readdirSync(root).filter((name) => /^chromium-\d+$/.test(name));
  const newestFirst = builds.sort((a, b) => Number(b.slice(9)) - Number(a.slice(9)));
  return newestFirst
    .flatMap((build) => ['chrome-linux64', 'chrome-linux'].map((folder) => join(root, build, folder, 'chrome')))
    .find((file) => existsSync(file));
}

async function fromNpm(): Promise<string> {
  const folder = await installedOnce(`chromium-${npmVersion}`, async (target) => {
    say(`No Chromium found, which the browser tests need: fetching @sparticuz/chromium ${npmVersion} from npm …`);
    writeFileSync(
      join(target, 'package.json'),
      JSON.stringify({ private: true, dependencies: { '@sparticuz/chromium': npmVersion } }),
    );
    await runNpm(['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: target });
  });
  const unpack = createRequire(join(folder, 'package.json'))('@sparticuz/chromium') as {
    readonly default: { executablePath(): Promise<string> };
  };
  return unpack.default.executablePath();
}

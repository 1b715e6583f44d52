import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchChromium } from './chromium.ts';
import { type Server, startServer } from './code-server.ts';
import { installedExtensions } from './installed-extensions.ts';
import { patience } from './patience.ts';
import { makeProfile, writeLanguagePack } from './profile.ts';
import { sandboxEnv } from './sandbox-env.ts';

const themes = {
  dark: 'Dark Modern',
  light: 'Light Modern',
  'high-contrast': 'Default High Contrast',
  'high-contrast-light': 'Default High Contrast Light',
};

export interface WorkbenchOptions {
  /** The home folder of the extension host: its logs, its ledger. */
  readonly home: string;
  /** The packaged extension to install; or else … */
  readonly vsix?: string;
  /** Another packaged extension beside it. */
  readonly companion?: string;
  /** … the folder to load it from. */
  readonly extensionPath?: string;
  /** A test suite to run in the extension host, which ends with an exit code: see `exitCode`. */
  readonly testsPath?: string;
  /** The folder to open; absent: none is open. */
  readonly folder?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly theme?: keyof typeof themes;
  /** False: the folder is one that the person has not said to trust. Default true. */
  readonly trust?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  /** Language of the browser and so of the display: `de`. Default `en-US`. */
  readonly locale?: string;
  /** Names the log files in `out/logs`. */
  readonly name?: string;
}

export interface Workbench {
  readonly page: Page;
  readonly url: string;
  /** Fulfilled when the test suite has ended, with its exit code, or with a sentence when it cannot end any more. */
  readonly exitCode: Promise<number | string>;
  /** One more window on the same folder: an extension host of its own. */
  openWindow(): Promise<Page>;
  close(): Promise<void>;
}

/** Opens a real VS Code in a Chromium without a window; what it stores is gone after `close`. */
export async function openWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const logs = resolve('out', 'logs');
  mkdirSync(logs, { recursive: true });
  const temporary = mkdtempSync(join(realpathSync(tmpdir()), 'tokenboard-'));
  const made = makeProfile(temporary, {
    'security.workspace.trust.enabled': options.trust === false,
    'security.workspace.trust.startupPrompt': 'never',
    'workbench.colorTheme': themes[options.theme ?? 'dark'],
    'git.enabled': false,
    ...options.settings,
  });
  if (options.locale !== undefined) writeLanguagePack(made, options.locale);
  const env = sandboxEnv(options.home, options.env);
  let server: Server | undefined;
  let browser: Browser | undefined;
  const close = async () => {
    await browser?.close().catch(() => undefined);
    await server?.close();
    rmSync(temporary, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  try {
    const vsixes = [options.vsix, options.companion].filter((vsix) => vsix !== undefined);
    const profile = vsixes.length > 0 ? { ...made, extensions: await installedExtensions(vsixes) } : made;
    const log = join(logs, `${options.name ?? 'workbench'}-server.log`);
    const { locale } = options;
    const launching = launchChromium().then((launched) => {
      browser = launched;
      return launched;
    });
    const starting = startServer({ profile, env, log, locale, development: options.testsPath !== undefined });
    // Both are waited for, so that whichever comes is closed where the other one fails.
    await Promise.allSettled([launching, starting.then((started) => (server = started))]);
    const [launched, started] = await Promise.all([launching, starting]);
    const context = await launched.newContext({
      viewport: { width: 1280, height: 800 },
      locale: locale ?? 'en-US',
      reducedMotion: 'reduce',
    });
    context.setDefaultTimeout(patience);
    const url = address(started, options);
    const { page, exitCode } = await openFirst(context, started, url);
    const openWindow = async () => {
      const window = await context.newPage();
      await window.goto(url);
      return window;
    };
    return { page, url, exitCode, openWindow, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The page must know the test suite's listeners before it loads. */
async function openFirst(context: BrowserContext, server: Server, url: string) {
  const page = await context.newPage();
  let settle: (result: number | string) => void = () => undefined;
  const exitCode = new Promise<number | string>((fulfil) => {
    settle = fulfil;
  });
  await page.exposeFunction('codeAutomationLog', () => undefined);
  await page.exposeFunction('codeAutomationExit', (code: number) => settle(code));
  page.once('crash', () => settle('the page crashed'));
  server.ended.then((reason) => settle(reason));
  await page.goto(url);
  return { page, exitCode };
}

/** The page's address; the payload's development keys name folders as the server sees them. */
function address(server: Server, options: WorkbenchOptions): string {
  const remote = (path: string) => `vscode-remote://127.0.0.1:${server.port}${resolve(path)}`;
  const payload = [
    ['skipWelcome', 'true'],
    ...(options.extensionPath ? [['extensionDevelopmentPath', remote(options.extensionPath)]] : []),
    ...(options.testsPath ? [['extensionTestsPath', remote(options.testsPath)]] : []),
  ];
  const query = new URLSearchParams({ payload: JSON.stringify(payload) });
  if (options.folder) query.set('folder', resolve(options.folder));
  else query.set('ew', 'true');
  return `${server.url}?${query}`;
}

import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { counted } from '../workbench/counter.ts';
import { vsixPath } from '../workbench/package-vsix.ts';
import { openWorkbench, type Workbench, type WorkbenchOptions } from '../workbench/workbench.ts';
import { pictureOfFailure } from './window.ts';

/** What the tests of one describe share; it is there once they run. */
export interface OwnWindow {
  /** The folder that the home is in, and where else a test may write. */
  readonly temporary: string;
  readonly home: string;
  readonly page: Page;
}

/**
 * A window for all tests of the describe that this is called in, on a home folder of their own: `prepare` fills it, and may
 * say what else the window is opened with. It has counted once when the tests begin, and is gone after them.
 */
export function ownWindow(
  name: string,
  prepare: (home: string, temporary: string) => Promise<Partial<WorkbenchOptions>> | Partial<WorkbenchOptions>,
): OwnWindow {
  let temporary = '';
  let workbench: Workbench | undefined;
  const own: OwnWindow = {
    get temporary() {
      return temporary;
    },
    get home() {
      return join(temporary, 'home');
    },
    get page() {
      if (workbench === undefined) throw new Error('The window is opened before the first test.');
      return workbench.page;
    },
  };

  before(async () => {
    temporary = mkdtempSync(join(realpathSync(tmpdir()), 'tb-'));
    const { home } = own;
    mkdirSync(home);
    const options = await prepare(home, temporary);
    workbench = await openWorkbench({ name, home, vsix: vsixPath(), ...options });
    await counted(workbench.page);
  });

  after(async () => {
    await workbench?.close();
    rmSync(temporary, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  });

  afterEach(async function () {
    await pictureOfFailure(this.currentTest, workbench?.page);
  });

  return own;
}

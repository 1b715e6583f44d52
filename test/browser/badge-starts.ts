import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { appendClaude } from '../demo/claude-log.ts';
import { counterShows } from '../workbench/counter.ts';
import { vsixPath } from '../workbench/package-vsix.ts';
import { openWorkbench, type Workbench } from '../workbench/workbench.ts';
import { told, watchMessages } from './told-messages.ts';
import { messageOf, picture, until } from './window.ts';

const dayMs = 86_400_000;

/** Two starts of an editor, one after the other, each of which looks for badges once its window has settled. */
export interface BadgeStarts {
  /** Fulfilled when the first has told of no badge, and the second of the one that was earned between them. */
  readonly done: Promise<void>;
  end(): Promise<void>;
}

/** Begins at once, on a home of its own, beside whatever else is tested. */
export function badgeStarts(env: Readonly<Record<string, string>>): BadgeStarts {
  const home = join(mkdtempSync(join(realpathSync(tmpdir()), 'tb-')), 'home');
  let workbench: Workbench | undefined;
  let ended = false;

  async function open(theme: 'dark' | 'light') {
    workbench = await openWorkbench({ name: 'badge-starts', home, vsix: vsixPath(), env, theme });
    if (ended) await workbench.close();
    return workbench.page;
  }

  function use(id: string, output: number, time: number): void {
    appendClaude(home, { session: id, project: '/home/dev/demo-webshop', id, time, output });
  }

  /** The ledger has a note that badges were told of, or need not be. */
  function isNoted(): boolean {
    const file = join(home, '.local', 'share', 'tokenboard', 'ledger.db');
    const ledger = new DatabaseSync(file, { readOnly: true, timeout: 10_000 });
    const note = ledger.prepare('SELECT value FROM meta WHERE name = ?').get('told badge');
    ledger.close();
    return note !== undefined;
  }

  async function run(): Promise<void> {
    mkdirSync(home);
    use('past', 12_000_000, Date.now() - 40 * dayMs);
    const first = await watchMessages(await open('dark'));
    await counterShows(first, '0');
    await until(() => ended || isNoted(), 'no note of what was told', 90_000);
    assert.deepEqual(await told(first), []);
    await workbench?.close();
    use('now', 95_000_000, Date.now());
    const later = await open('light');
    await messageOf(later, 'You have earned').waitFor({ timeout: 90_000 });
    await messageOf(later, 'Token Legend, silver').waitFor();
    await picture(later, 'badge-toast-light');
  }

  const done = run();
  // It may fail before anybody waits for it.
  done.catch(() => undefined);
  return {
    done,
    async end() {
      ended = true;
      await workbench?.close();
      await done.catch(() => undefined);
      rmSync(join(home, '..'), { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}

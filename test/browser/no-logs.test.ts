import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appendClaude } from '../demo/claude-log.ts';
import { counterShows } from '../workbench/counter.ts';
import { noonZone } from '../workbench/noon-zone.ts';
import { vsixPath } from '../workbench/package-vsix.ts';
import { openWorkbench, type Workbench } from '../workbench/workbench.ts';
import { tooltipLines } from './window.ts';

describe('The counter on a machine without any logs', () => {
  let home: string;
  let workbench: Workbench;

  before(async () => {
    home = mkdtempSync(join(realpathSync(tmpdir()), 'tb-'));
    const env = { TZ: noonZone() };
    workbench = await openWorkbench({ name: 'no-logs', home, vsix: vsixPath(), theme: 'light', env });
  });

  after(async () => {
    await workbench?.close();
    rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  });

  it('stands at 0 and tells what it looks for', async () => {
    const { page } = workbench;
    await counterShows(page, '0');
    const lines = await tooltipLines(page, /no logs/i);
    assert.match(lines.join('\n'), /Claude Code, Codex, .* and \d+ more tools/);
    await page.screenshot({ path: 'out/no-logs-light.png' });
  });

  it('counts as soon as the first tool writes its first log', async () => {
    appendClaude(home, { id: 'first', session: 'first', project: '/home/dev/demo', time: Date.now(), output: 123 });
    await counterShows(workbench.page, '123');
  });
});

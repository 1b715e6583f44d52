import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Question } from '../../src/dashboard/protocol/messages.ts';
import { DashboardData } from '../../src/editor/dashboard-data.ts';
import { settings } from '../dashboard/counted.ts';

const script = join(import.meta.dirname, 'answering-thread.ts');
const scope = { period: { kind: 'all' }, filter: {} } as const;
const chart: Question = { ask: 'chart', scope, split: 'tool' };
const explain: Question = { ask: 'explain', card: 'tokens', scope };

describe('the thread of the dashboard, as the editor sees it', () => {
  let data: DashboardData;
  let changes = 0;

  beforeEach(() => {
    changes = 0;
    data = new DashboardData(script, settings, () => changes++);
  });

  afterEach(() => data.dispose());

  /** The thread ends by itself while nobody waits for it. */
  async function lost(): Promise<void> {
    data.look();
    for (let i = 0; i < 500 && changes === 0; i++) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      data.look();
    }
  }

  it('is told of once where it was lost while nobody asked, and the next question has another', async () => {
    assert.equal(await data.ask({ ask: 'badges' }), 'UTC');
    await lost();
    assert.equal(changes, 1, 'what is shown is asked for again');
    data.look();
    assert.equal(changes, 1);
    assert.equal(await data.ask({ ask: 'badges' }), 'UTC');
  });

  it('is not told of where whoever asked was told already', async () => {
    await assert.rejects(data.ask({ ask: 'pullRequest', id: 'x' }), /ended with code 3/);
    data.look();
    assert.equal(changes, 0);
    assert.equal(await data.ask({ ask: 'badges' }), 'UTC');
  });

  it('does not keep a failure that was asked for in advance, nor what other settings gave', async () => {
    data.prepare(explain);
    data.prepare(chart);
    await data.ask({ ask: 'badges' });
    data.configure({ ...settings, zone: 'Asia/Tokyo' }, {});
    assert.equal(await data.ask(chart), 'Asia/Tokyo');

    data.prepare(explain);
    await data.ask({ ask: 'badges' });
    assert.equal(await data.ask(explain), 'Asia/Tokyo');
  });
});

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { OverviewView } from '../../src/dashboard/protocol/overview.ts';
import type { Scope } from '../../src/dashboard/protocol/scope.ts';
import type { FromDashboardThread, ToDashboardThread } from '../../src/dashboard/protocol/thread.ts';
import { newHome } from '../ledger/home.ts';
import { count, settings } from './counted.ts';

const script = join(import.meta.dirname, '../../src/dashboard/dashboard-thread.ts');
const all: Scope = { period: { kind: 'all' }, filter: {} };

/** The thread of a home, and its next message of a kind. */
function threadOf(home: string) {
  const worker = new Worker(script, { workerData: { home } });
  const messages: FromDashboardThread[] = [];
  let arrived = () => {};
  worker.on('message', (message: FromDashboardThread) => {
    messages.push(message);
    arrived();
  });
  return {
    worker,
    send: (message: ToDashboardThread) => worker.postMessage(message),
    async next(kind: FromDashboardThread['kind']): Promise<FromDashboardThread> {
      for (;;) {
        const index = messages.findIndex((message) => message.kind === kind);
        const [found] = index < 0 ? [] : messages.splice(index, 1);
        if (found !== undefined) return found;
        await new Promise<void>((resolve) => {
          arrived = resolve;
        });
      }
    },
  };
}

describe('the thread of the dashboard', () => {
  it('answers once it is configured, tells of changes after a look, and says why it cannot answer', async () => {
    const home = newHome();
    const ledger = home.open();
    await count(ledger, Date.now(), [{ time: Date.now(), tokens: { output: 5 } }]);
    const thread = threadOf(home.dir);
    try {
      thread.send({ kind: 'question', id: 1, question: { ask: 'overview', scope: all } });
      thread.send({ kind: 'configure', settings });
      const first = await thread.next('answer');
      assert.ok(first.kind === 'answer' && first.id === 1);
      assert.equal((first.answer as OverviewView).amounts.tokens, 5);

      await count(ledger, Date.now(), [{ time: Date.now(), tokens: { output: 6 } }]);
      thread.send({ kind: 'look' });
      await thread.next('changed');
      thread.send({ kind: 'question', id: 2, question: { ask: 'overview', scope: all } });
      const second = await thread.next('answer');
      assert.ok(second.kind === 'answer' && second.id === 2);
      assert.equal((second.answer as OverviewView).amounts.tokens, 11);

      const scope: Scope = { period: { kind: 'range', since: 'never', until: '2026-01-01' }, filter: {} };
      thread.send({ kind: 'question', id: 3, question: { ask: 'overview', scope } });
      assert.deepEqual(await thread.next('failure'), { kind: 'failure', id: 3, message: 'never is not a day.' });
    } finally {
      await thread.worker.terminate();
    }
  });
});

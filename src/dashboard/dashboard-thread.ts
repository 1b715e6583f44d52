import { parentPort, workerData } from 'node:worker_threads';
import { machineOf } from '../ledger/machine.ts';
import { dashboardData } from './dashboard-data.ts';
import type { DashboardThreadData, FromDashboardThread, ToDashboardThread } from './protocol/thread.ts';

const { home } = (workerData ?? {}) as DashboardThreadData;

function send(message: FromDashboardThread): void {
  parentPort?.postMessage(message);
}

const data = dashboardData(machineOf(home), { onChanged: () => send({ kind: 'changed' }) });

/** The thread that holds the dashboard's figures; ending it gives its memory back. */
parentPort?.on('message', (message: ToDashboardThread) => {
  switch (message.kind) {
    case 'configure':
      data.configure(message.settings, message.earned);
      break;
    case 'others':
      data.addOthers(message.others);
      break;
    case 'look':
      // What was loaded stays; the next look tries again.
      data.look().catch(() => undefined);
      break;
    case 'question': {
      const { id, question } = message;
      data.answer(question).then(
        (answer) => send({ kind: 'answer', id, answer }),
        (error: unknown) =>
          send({ kind: 'failure', id, message: error instanceof Error ? error.message : String(error) }),
      );
      break;
    }
  }
});

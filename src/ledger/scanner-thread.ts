import { parentPort, workerData } from 'node:worker_threads';
import { readers } from '../readers/index.ts';
import { openLedger } from './ledger.ts';
import { latestLimits } from './limits.ts';
import { machineOf } from './machine.ts';
import { scan } from './scan.ts';
import type { ScannerAnswer, ScannerQuestion, ScannerReply } from './scanner-protocol.ts';
import { modelTallies } from './tallies.ts';

/** While another process scans, its end is waited for in steps of this length. */
const busyWaitMs = 100;
const mostBusyWaits = 600;

const { home } = (workerData ?? {}) as { readonly home?: string };
const machine = machineOf(home);
const ledger = openLedger(machine);
let scanning: Promise<unknown> = Promise.resolve();

function send(reply: ScannerReply): void {
  parentPort?.postMessage(reply);
}

async function scanWhenFree(paths: readonly string[] | undefined): Promise<ScannerAnswer> {
  for (let waits = 0; ; waits++) {
    const report = await scan(ledger, machine, readers, {
      paths,
      onProgress: (progress) => send({ kind: 'progress', progress }),
    });
    if (!report.busy || waits >= mostBusyWaits) return { ask: 'scan', report, notices: ledger.notices };
    await new Promise((resolve) => setTimeout(resolve, busyWaitMs));
  }
}

async function answer(question: ScannerQuestion): Promise<ScannerAnswer> {
  switch (question.ask) {
    case 'scan': {
      const mine = scanning.then(
        () => scanWhenFree(question.paths),
        () => scanWhenFree(question.paths),
      );
      scanning = mine;
      return await mine;
    }
    case 'figures':
      return { ask: 'figures', tallies: modelTallies(ledger, question.span), limits: latestLimits(ledger) };
    case 'places':
      return {
        ask: 'places',
        places: readers.flatMap((reader) =>
          reader.logs(machine).map(({ dir, kind }) => ({ tool: reader.title, dir, kind })),
        ),
      };
    case 'close':
      await scanning.catch(() => {});
      ledger.close();
      return { ask: 'close' };
  }
}

/** The thread that scans and answers for an editor's window, so that its host never waits for a disk. */
parentPort?.on('message', ({ id, question }: { readonly id: number; readonly question: ScannerQuestion }) => {
  answer(question).then(
    (value) => send({ kind: 'answer', id, answer: value }),
    (error: unknown) => send({ kind: 'failure', id, message: error instanceof Error ? error.message : String(error) }),
  );
});

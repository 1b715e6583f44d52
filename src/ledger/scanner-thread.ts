import { parentPort, workerData } from 'node:worker_threads';
import { withExtraFolders } from '../readers/extra-folders.ts';
import { readers as allReaders, readersOn } from '../readers/index.ts';
import { branchSums, projects } from './branch-sums.ts';
import { forget, forgettable } from './forget.ts';
import { importCursor } from './import-cursor.ts';
import { openLedger } from './ledger.ts';
import { latestLimits } from './limits.ts';
import { machineOf } from './machine.ts';
import { realPaths } from './real-paths.ts';
import { scan } from './scan.ts';
import type { ScannerAnswer, ScannerQuestion, ScannerReply, ScannerSettings } from './scanner-protocol.ts';
import { sessionBurns, usualHour } from './session-hours.ts';
import { spanSummer } from './span-sums.ts';
import { survey } from './survey.ts';
import { modelTallies } from './tallies.ts';
import { tellOnce } from './tell-once.ts';
import { watchedPlaces } from './watched-places.ts';
import { workedMs } from './worked-ms.ts';

/** While another process scans, its end is waited for in steps of this length. */
const busyWaitMs = 100;
const mostBusyWaits = 600;

/** Tests name a home folder. */
const machine = machineOf((workerData as { readonly home?: string } | null)?.home);
const ledger = openLedger(machine);
const sumSpans = spanSummer(ledger);
let readers = readersOn();
let scanning: Promise<unknown> = Promise.resolve();

function send(reply: ScannerReply): void {
  parentPort?.postMessage(reply);
}

function configure({ withoutTools, folders }: ScannerSettings): ScannerAnswer {
  readers = withExtraFolders(
    allReaders.filter(({ id }) => !withoutTools.includes(id)),
    folders,
    realPaths(),
  );
  const tools = readers.map(({ title }) => title);
  return { ask: 'configure', places: watchedPlaces(machine, readers, Date.now()), tools };
}

/** One after the other: a question that changes the ledger waits for the one before it. */
async function inTurn<Answer>(work: () => Promise<Answer> | Answer): Promise<Answer> {
  const mine = scanning.then(work, work);
  scanning = mine;
  return await mine;
}

async function scanWhenFree(paths: readonly string[] | undefined): Promise<ScannerAnswer> {
  for (let waits = 0; ; waits++) {
    const began = workedMs();
    const report = await scan(ledger, machine, readers, {
      paths,
      onProgress: (progress) => send({ kind: 'progress', progress }),
    });
    if (!report.busy || waits >= mostBusyWaits) {
      const { notices, file } = ledger;
      const workMs = workedMs() - began;
      return { ask: 'scan', report, workMs, notices, problem: file === '' ? notices.at(-1) : undefined };
    }
    await new Promise((resolve) => setTimeout(resolve, busyWaitMs));
  }
}

async function answer(question: ScannerQuestion): Promise<ScannerAnswer> {
  switch (question.ask) {
    case 'configure':
      return configure(question.settings);
    case 'scan':
      return await inTurn(() => scanWhenFree(question.paths));
    case 'figures':
      return {
        ask: 'figures',
        tallies: modelTallies(ledger, { ...question.span, estimates: question.estimates }),
        limits: question.limits ? latestLimits(ledger) : [],
      };
    case 'branch':
      return { ask: 'branch', sums: branchSums(ledger, question.place, question.estimates) };
    case 'projects':
      return { ask: 'projects', projects: projects(ledger) };
    case 'spans':
      return { ask: 'spans', sums: sumSpans(question.wishes) };
    case 'burns':
      return { ask: 'burns', sessions: sessionBurns(ledger, question.since, question.estimates) };
    case 'usualHour': {
      const { since, until, quantile, estimates } = question;
      return { ask: 'usualHour', usual: usualHour(ledger, since, until, quantile, estimates) };
    }
    case 'tellOnce':
      return await inTurn(() => ({ ask: 'tellOnce' as const, names: tellOnce(ledger, question.news) }));
    case 'survey':
      return { ask: 'survey', tools: survey(ledger, machine, readers), file: ledger.file };
    case 'forgettable':
      return { ask: 'forgettable', forgotten: forgettable(ledger, question.what) };
    case 'forget':
      return await inTurn(() => ({ ask: 'forget' as const, forgotten: forget(ledger, question.what) }));
    case 'importCursor':
      return await inTurn(async () => ({
        ask: 'importCursor' as const,
        imported: await importCursor(ledger, question.file),
      }));
    case 'close':
      await scanning.catch(() => undefined);
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

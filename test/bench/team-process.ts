import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { JoinChoice } from '../../src/dashboard/protocol/team.ts';
import { TeamThread } from '../../src/editor/team-thread.ts';
import type { ScannerQuestion, ScannerReply } from '../../src/ledger/scanner-protocol.ts';
import { type Delays, delaysDuring } from './delays.ts';

/** What an extension host feels of a first upload. */
export interface TeamHostReport {
  readonly cells: number;
  readonly requests: number;
  /** From agreeing to the server's word that it has everything. */
  readonly joinMs: number;
  readonly delays: Delays;
}

const dist = join(import.meta.dirname, '../../dist');

/** Counts the logs in `$HOME`, joins by the link in `$LINK`, and shares all that there is, as an extension host would. */
async function measure(link: string): Promise<TeamHostReport> {
  await scanned();
  const secrets = new Map<string, string>();
  const settings = {
    version: '0.0.0',
    texts: {},
    network: { proxy: '', proxies: true, noProxy: [], strict: true, systemCertificates: true },
    badges: undefined,
    maySend: true,
  };
  const thread = new TeamThread(
    join(dist, 'team.js'),
    settings,
    {
      get: async (origin) => secrets.get(origin),
      async set(origin, value) {
        if (value === undefined) secrets.delete(origin);
        else secrets.set(origin, value);
      },
    },
    () => undefined,
    (error) => {
      throw error;
    },
  );
  const { earliest } = await thread.ask({ ask: 'joinOffer', link });
  const choice: JoinChoice = {
    ...{ visibility: 'aggregate', displayName: null, models: true, badges: false, timeBadges: false },
    ...{ excluded: [], since: earliest },
  };
  const preview = await thread.ask({ ask: 'joinPreview', choice });
  let joinMs = 0;
  const delays = await delaysDuring(async () => {
    const began = performance.now();
    const { state } = await thread.ask({ ask: 'join', choice });
    joinMs = performance.now() - began;
    if (state !== 'on') throw new Error(`Sharing is ${state}.`);
  });
  thread.dispose();
  return { cells: preview.cells, requests: preview.more + 1, joinMs, delays };
}

async function scanned(): Promise<void> {
  const worker = new Worker(join(dist, 'scanner.js'));
  await new Promise<void>((resolve, reject) => {
    worker.once('error', reject);
    worker.on('message', (reply: ScannerReply) => {
      if (reply.kind === 'failure') reject(new Error(reply.message));
      else if (reply.kind === 'answer') resolve();
    });
    worker.postMessage({ id: 1, question: { ask: 'scan' } satisfies ScannerQuestion });
  });
  await worker.terminate();
}

process.stdout.write(JSON.stringify(await measure(process.env.LINK ?? '')));

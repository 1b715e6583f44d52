import { setTimeout as pause } from 'node:timers/promises';
import { cellsOf } from '../bench/server-cells.ts';
import { secretOf } from '../bench/server-people.ts';

/** What clients went through. */
export interface Told {
  readonly syncs: number;
  /** How long it took until the last was sent. */
  readonly seconds: number;
  /** Tries that failed, and syncs that failed for good. */
  readonly retries: number;
  readonly failures: readonly string[];
  /** The highest revision of each client's cells that a server has acknowledged, by the client's number. */
  readonly acknowledged: ReadonlyMap<number, number>;
}

export interface ClientsOrder {
  readonly clients: number;
  /** Syncs a second, of all together. */
  readonly rate: number;
  readonly seconds: number;
  /** Where one may ask now. */
  readonly addresses: () => readonly string[];
}

const mostTries = 8;
const cellsEach = cellsOf(1).length;
/** A client's own pauses are minutes, which would only make the run longer. */
const mostPauseMs = 4000;

/** Clients that sync one after the other, each with cells that are new; who is not answered asks again elsewhere. */
export async function letClientsSync({ clients, rate, seconds, addresses }: ClientsOrder): Promise<Told> {
  const acknowledged = new Map<number, number>();
  const failures: string[] = [];
  const under = new Set<number>();
  const all: Promise<void>[] = [];
  let [syncs, retries] = [0, 0];

  async function sync(client: number, rev: number): Promise<void> {
    const body = JSON.stringify({ v: 1, seq: rev, policyVersion: 1, client: '1.0.0', cells: cellsOf(rev) });
    let problem = '';
    for (let tries = 1; tries <= mostTries; tries++) {
      const list = addresses();
      const address = list[Math.floor(Math.random() * list.length)];
      const answer = address === undefined ? 'nobody listens' : await post(address, client, body);
      if (answer === 200) {
        acknowledged.set(client, rev);
        return;
      }
      problem = String(answer);
      retries++;
      await pause(mostPauseMs * Math.random());
    }
    failures.push(problem);
  }

  const began = performance.now();
  for (let next = 0; syncs < rate * seconds; ) {
    const due = Math.min(rate * seconds, Math.floor(((performance.now() - began) / 1000) * rate) + 1);
    while (syncs < due && under.size < clients) {
      // One machine syncs one thing at a time.
      const client = 1 + (next++ % clients);
      if (under.has(client)) continue;
      under.add(client);
      all.push(sync(client, 1000 + ++syncs).finally(() => under.delete(client)));
    }
    await pause(2);
  }
  const took = (performance.now() - began) / 1000;
  await Promise.all(all);
  return { syncs, seconds: took, retries, failures, acknowledged };
}

async function post(address: string, client: number, body: string): Promise<number | string> {
  try {
    const answer = await fetch(`${address}/v1/sync`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${secretOf(client)}` },
      body,
      signal: AbortSignal.timeout(20_000),
    });
    const { applied = 0, unchanged = 0 } = (await answer.json()) as { applied?: number; unchanged?: number };
    // A try that was not answered may have been taken.
    return answer.status === 200 && applied + unchanged < cellsEach ? '200 without some cells' : answer.status;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

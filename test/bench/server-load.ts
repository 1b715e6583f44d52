import { once } from 'node:events';
import { Agent, createServer, type RequestOptions, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Worker } from 'node:worker_threads';
import { clock, type Pace } from './server-pace.ts';

export interface Asked {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What came of many requests. */
export interface Load {
  /** How long each took, milliseconds, sorted; from the moment when it was due, not when it was sent. */
  readonly took: Float64Array;
  readonly seconds: number;
  /** How many had another status than was expected, by status; 0 for none at all. */
  readonly unexpected: ReadonlyMap<number, number>;
}

export interface LoadOrder {
  readonly address: string;
  readonly expected: number;
  readonly seconds: number;
  readonly make: (number: number) => Asked;
}

/** Sends so many requests a second, whether or not earlier ones were answered, for those seconds or until it is told to end. */
export async function steadily({
  until = () => false,
  ...order
}: LoadOrder & { readonly rate: number; readonly until?: () => boolean }): Promise<Load> {
  const { rate, seconds } = order;
  const sender = senderTo(order, 256);
  const pace: Pace = { apart: 1000 / rate, times: Math.round(rate * seconds) };
  const pacer = new Worker(new URL('server-pace.ts', import.meta.url), { workerData: pace });
  let began: number | undefined;
  let sent = 0;
  await new Promise((resolve, reject) => {
    pacer.on('message', (due: number) => {
      began ??= due;
      if (until()) void pacer.terminate();
      else void sender.send(sent++, due);
    });
    pacer.once('error', reject).once('exit', resolve);
  });
  return sender.end(began ?? clock());
}

/** Sends to a server of its own that does nothing: what a sender takes when it is new is not the other server's. */
export async function warmUp(): Promise<void> {
  const server = createServer((_request, response) => response.end()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const make = (): Asked => ({ method: 'POST', path: '/', headers: {}, body: '' });
  await asFastAsPossible({ address, expected: 200, seconds: 1, make, connections: 16 });
  await steadily({ address, expected: 200, seconds: 1, make, rate: 1000 });
  server.close();
}

/** So many at a time, each as soon as the one before was answered. */
export async function asFastAsPossible(order: LoadOrder & { readonly connections: number }): Promise<Load> {
  const { connections, seconds } = order;
  const sender = senderTo(order, connections);
  const began = clock();
  let sent = 0;
  const loop = async (): Promise<void> => {
    while (clock() - began < seconds * 1000) await sender.send(sent++, clock());
  };
  await Promise.all(Array.from({ length: connections }, loop));
  return sender.end(began);
}

/** Which of sorted numbers a share of them does not exceed; NaN of none. */
export function percentile(sorted: Float64Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

function senderTo({ address, expected, make }: LoadOrder, sockets: number) {
  const { hostname, port } = new URL(address);
  const agent = new Agent({ keepAlive: true, maxSockets: sockets });
  const took: number[] = [];
  const unexpected = new Map<number, number>();
  const under = new Set<Promise<void>>();
  const note = (status: number, due: number): void => {
    took.push(clock() - due);
    if (status !== expected) unexpected.set(status, (unexpected.get(status) ?? 0) + 1);
  };

  function send(number: number, due: number): Promise<void> {
    const { method, path, headers, body } = make(number);
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const options: RequestOptions = { agent, hostname, port, method, path, headers: { ...headers, ...length } };
    const one = new Promise<void>((resolve) => {
      const sent = request(options, (response) => {
        response.resume().once('close', () => {
          note(response.statusCode ?? 0, due);
          resolve();
        });
      });
      sent.once('error', () => {
        note(0, due);
        resolve();
      });
      sent.end(body);
    });
    under.add(one);
    one.then(() => under.delete(one));
    return one;
  }

  return {
    send,
    async end(began: number): Promise<Load> {
      await Promise.all(under);
      agent.destroy();
      return { took: Float64Array.from(took).sort(), seconds: (clock() - began) / 1000, unexpected };
    },
  };
}

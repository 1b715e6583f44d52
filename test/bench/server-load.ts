import { Agent, type RequestOptions, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

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

/** Sends so many requests a second, whether or not earlier ones were answered. */
export async function steadily(order: LoadOrder & { readonly rate: number }): Promise<Load> {
  const { rate, seconds } = order;
  const sender = senderTo(order, 256);
  const began = performance.now();
  const all = Math.round(rate * seconds);
  for (let sent = 0; sent < all; ) {
    const due = Math.min(all, Math.floor(((performance.now() - began) / 1000) * rate) + 1);
    for (; sent < due; sent++) sender.send(sent, began + (sent / rate) * 1000);
    await pause(1);
  }
  return sender.end(began);
}

/** So many at a time, each as soon as the one before was answered. */
export async function asFastAsPossible(order: LoadOrder & { readonly connections: number }): Promise<Load> {
  const { connections, seconds } = order;
  const sender = senderTo(order, connections);
  const began = performance.now();
  let sent = 0;
  const loop = async (): Promise<void> => {
    while (performance.now() - began < seconds * 1000) await sender.send(sent++, performance.now());
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
    took.push(performance.now() - due);
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
      return { took: Float64Array.from(took).sort(), seconds: (performance.now() - began) / 1000, unexpected };
    },
  };
}

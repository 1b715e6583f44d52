import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it went over the wire. */
export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** Answers in the server's place; false lets the server answer. */
export type Meddler = (response: ServerResponse, sent: Sent) => boolean | Promise<boolean>;

/** A wire to a real server that keeps what goes over it, and on which a test may answer in the server's place. */
export interface Wire {
  readonly origin: string;
  readonly sent: Sent[];
  meddle(meddler: Meddler | undefined): void;
  /** Bodies of the syncs. */
  syncs(): string[];
  /** Everything that left the machine, as one text. */
  everything(): string;
  close(): Promise<void>;
}

/** `target` is asked for each request, as a server that is started anew listens elsewhere. */
export async function openWire(target: () => string): Promise<Wire> {
  const sent: Sent[] = [];
  let meddler: Meddler | undefined;
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const body = Buffer.concat(chunks);
      const one = {
        method: incoming.method ?? '',
        path: incoming.url ?? '',
        headers: incoming.headers,
        body: body.toString(),
      };
      sent.push(one);
      void (async () => {
        if (meddler !== undefined && (await meddler(response, one))) return;
        pass(target(), incoming, body, response);
      })();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sent,
    meddle(next) {
      meddler = next;
    },
    syncs: () => sent.filter(({ path }) => path === '/v1/sync').map(({ body }) => body),
    everything: () => JSON.stringify(sent),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function pass(target: string, { method, url, headers }: IncomingMessage, body: Buffer, response: ServerResponse): void {
  const onward = request(new URL(url ?? '/', target), { method, headers: { ...headers, host: new URL(target).host } });
  onward.on('response', (answer) => {
    response.writeHead(answer.statusCode ?? 500, answer.headers);
    answer.pipe(response);
  });
  onward.on('error', () => response.destroy());
  onward.end(body);
}

/** A meddler that answers a path with a problem document. */
export function problem(path: string, status: number, code: string, more: object = {}, headers = {}): Meddler {
  return (response, sent) => {
    if (sent.path !== path) return false;
    response.writeHead(status, { 'content-type': 'application/problem+json', ...headers });
    response.end(JSON.stringify({ type: 'about:blank', title: code, status, code, ...more }));
    return true;
  };
}

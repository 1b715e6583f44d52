import { createServer, request as forward, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it came over the wire. */
export interface Seen {
  readonly method: string;
  readonly path: string;
  /** All of it: request line, headers and body. */
  readonly text: string;
  readonly body: string;
}

/** What is answered instead of the server; without a status nothing ever is. */
export interface Instead {
  readonly status: number | undefined;
  readonly type?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Stands between clients and a server, like a proxy at its door: keeps what is asked, and answers instead where it is told to. */
export interface Front {
  readonly origin: string;
  readonly seen: Seen[];
  /** Undefined: the server answers. */
  instead: ((asked: Seen) => Instead | undefined) | undefined;
  /** Nobody listens any more, until `open`. */
  shut(): Promise<void>;
  open(): Promise<void>;
  end(): Promise<void>;
}

export async function frontOf(target: () => string): Promise<Front> {
  let server = listener();
  await listen(server, 0);
  const { port } = server.address() as AddressInfo;
  const front: Front = {
    origin: `http://127.0.0.1:${port}`,
    seen: [],
    instead: undefined,
    shut: () => closed(server),
    async open() {
      if (server.listening) return;
      server = listener();
      await listen(server, port);
    },
    end: () => closed(server),
  };

  function listener(): Server {
    return createServer(async (asked, answer) => {
      const parts: Buffer[] = [];
      for await (const part of asked) parts.push(part as Buffer);
      const bytes = Buffer.concat(parts);
      const { method = '', url: path = '', headers } = asked;
      const body = bytes.toString();
      const seen = { method, path, body, text: `${method} ${path}\n${JSON.stringify(headers)}\n${body}` };
      front.seen.push(seen);
      const instead = front.instead?.(seen);
      if (instead !== undefined) return say(answer, instead);
      const passed = forward(new URL(path, target()), { method, headers }, (told) => {
        answer.writeHead(told.statusCode ?? 502, told.headers);
        told.pipe(answer);
      });
      passed.once('error', () => answer.destroy());
      passed.end(bytes);
    });
  }

  return front;
}

/** A problem document as the server would tell it. */
export function problem(status: number, code: string, more: Readonly<Record<string, unknown>> = {}): Instead {
  const body = JSON.stringify({ type: 'about:blank', title: code.replaceAll('_', ' '), status, code, ...more });
  return { status, type: 'application/problem+json', body };
}

function say(answer: ServerResponse, { status, type = 'application/json', body = '', headers = {} }: Instead): void {
  if (status === undefined) return;
  answer.writeHead(status, { 'content-type': type, ...headers });
  answer.end(body);
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
}

function closed(server: Server): Promise<void> {
  if (!server.listening) return Promise.resolve();
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

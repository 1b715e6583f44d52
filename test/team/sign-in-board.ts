import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { type Browser, browser } from '../server/oidc/browser.ts';
import { type OidcServer, oidcServer } from '../server/servers/oidc.ts';
import { oidcConfigOf } from '../server/servers/oidc-config.ts';
import { type LiveBoard, liveBoard } from './live-board.ts';

/** A real board by the real time, where people sign in with a real provider. */
export interface SignInBoard {
  readonly board: LiveBoard;
  readonly provider: OidcServer;
  browser(): Browser;
  /** What a person does in a browser with the code that a machine shows. */
  allow(code: string): Promise<void>;
  end(): Promise<void>;
}

export async function signInBoard(): Promise<SignInBoard> {
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const provider = await oidcServer({ board: address });
  for (const sub of ['ada', 'bob']) provider.accounts.set(sub, { sub, email: `${sub}@example.org` });
  const board = await liveBoard({ port, oidc: oidcConfigOf(provider) }).catch(async (error) => {
    await provider.stop();
    throw error;
  });
  return {
    board,
    provider,
    browser: () => browser({}),
    async allow(code) {
      const mine = browser({});
      const { text } = await mine.submit(`${address}/device`, { code });
      const link = /href="(\/v1\/auth\/oidc\/start[^"]+)"/.exec(text)?.[1] ?? '';
      const question = await mine.open(`${address}${link.replaceAll('&amp;', '&')}`);
      const secret = /name="secret" value="([\w-]{43})"/.exec(question.text)?.[1];
      if (secret === undefined) throw new Error(`The code was not taken: ${text} ${question.text}`);
      await mine.submit(`${address}/device/answer`, { secret, answer: 'allow' });
    },
    async end() {
      await board.end();
      await provider.stop();
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import type { TokenPair } from './protocol/join.ts';

/** The tokens of this client for one server. */
export interface HeldTokens {
  readonly pair: TokenPair;
  /** By this machine's clock, epoch milliseconds: the access token's age is counted from here, whatever clock is wrong. */
  readonly receivedAt: number;
  /**
   * A family that is never used but when an answer with new tokens was lost on the way: then the old ones are spent, and
   * without a second family the person would have to be invited anew.
   */
  readonly spare?: { readonly refreshToken: string; readonly receivedAt: number } | undefined;
}

/** Keeps tokens by the server's origin, so that none ever goes to another: a file of the command, the editor's secret storage. */
export interface TokenStore {
  get(origin: string): Promise<HeldTokens | undefined>;
  set(origin: string, tokens: HeldTokens): Promise<void>;
  delete(origin: string): Promise<void>;
}

/** Tokens in a file that only its user may read. */
export function tokenFile(dir: string, name = 'tokens-command.json'): TokenStore {
  const file = `${dir}/${name}`;

  function read(): Record<string, HeldTokens> {
    try {
      return JSON.parse(readFileSync(file, 'utf8')) as Record<string, HeldTokens>;
    } catch {
      return {};
    }
  }

  /** Renamed into place, so that a reader or a power cut never meets half of it. */
  function write(all: Record<string, HeldTokens>): void {
    if (Object.keys(all).length === 0) {
      rmSync(file, { force: true });
      return;
    }
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    const fresh = `${file}.${process.pid}`;
    writeFileSync(fresh, JSON.stringify(all), { mode: 0o600, flush: true });
    renameSync(fresh, file);
  }

  return {
    get: async (origin) => (Object.hasOwn(read(), origin) ? read()[origin] : undefined),
    set: async (origin, tokens) => write({ ...read(), [origin]: tokens }),
    async delete(origin) {
      const { [origin]: _gone, ...others } = read();
      write(others);
    },
  };
}

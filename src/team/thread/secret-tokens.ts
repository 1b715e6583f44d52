import type { HeldTokens, TokenStore } from '../tokens.ts';

/** The editor's secret storage, as the thread reaches it. */
export interface Secrets {
  get(origin: string): Promise<string | undefined>;
  set(origin: string, value: string | undefined): Promise<void>;
}

/** Tokens in the editor's secret storage, each under the origin of the one server that it is for. */
export function secretTokens(secrets: Secrets): TokenStore {
  return {
    async get(origin) {
      const text = await secrets.get(origin);
      return text === undefined ? undefined : parsed(text);
    },
    set: (origin, tokens) => secrets.set(origin, JSON.stringify(tokens)),
    delete: (origin) => secrets.set(origin, undefined),
  };
}

/** What cannot be read is as if there were none: then one signs in again. */
function parsed(text: string): HeldTokens | undefined {
  try {
    return JSON.parse(text) as HeldTokens;
  } catch {
    return undefined;
  }
}

import type { Secrets } from './secret-tokens.ts';
import type { FromTeamThread, ToTeamThread } from './thread-protocol.ts';

/** What the editor answers about its secret storage. */
export type SecretAnswer = Extract<ToTeamThread, { readonly kind: 'secret' | 'secretFailure' }>;

/** The editor's secret storage by messages. */
export function secretMessages(send: (message: FromTeamThread) => void): {
  readonly secrets: Secrets;
  take(answer: SecretAnswer): void;
} {
  const waiting = new Map<number, PromiseWithResolvers<string | undefined>>();
  let nextId = 1;

  function ask(message: (id: number) => FromTeamThread): Promise<string | undefined> {
    const id = nextId++;
    const answer = Promise.withResolvers<string | undefined>();
    waiting.set(id, answer);
    send(message(id));
    return answer.promise;
  }

  return {
    secrets: {
      get: (origin) => ask((id) => ({ kind: 'getSecret', id, origin })),
      async set(origin, value) {
        await ask((id) => ({ kind: 'setSecret', id, origin, value }));
      },
    },
    take(answer) {
      const asked = waiting.get(answer.id);
      waiting.delete(answer.id);
      if (answer.kind === 'secret') asked?.resolve(answer.value);
      else asked?.reject(new Error(answer.message));
    },
  };
}

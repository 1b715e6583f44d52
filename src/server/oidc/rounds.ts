import type { ServerContext } from '../http/server-context.ts';
import { membershipRound } from './membership.ts';

/** The rounds in which the provider is asked about everyone, day by day. Every process may walk them: leases keep them apart. */
export interface MembershipRounds {
  /** Does at once what is due; waits for what is under way. */
  work(): Promise<void>;
  stop(): Promise<void>;
}

const everyMs = 60_000;

/** Walks a round each minute, from now on; does nothing where there is no sign-in. */
export function startMembershipRounds(context: ServerContext): MembershipRounds {
  const { oidc } = context;
  let working: Promise<void> = Promise.resolve();
  if (oidc === undefined) return { work: async () => {}, stop: async () => {} };

  function work(): Promise<void> {
    working = working
      .then(async () => {
        if (oidc !== undefined) await membershipRound(context, oidc);
      })
      .catch((error: unknown) => {
        const problem = error instanceof Error ? error.message : String(error);
        oidc?.note({ problem }, 'members could not be asked about');
      });
    return working;
  }

  // A provider that is down now is asked again when someone signs in.
  oidc.provider.warm().catch((error: Error) => {
    oidc.note({ problem: error.message }, 'the provider of the sign-in cannot be reached; it is tried again');
  });
  const timer = setInterval(() => void work(), everyMs);
  timer.unref();
  return {
    work,
    async stop() {
      clearInterval(timer);
      await working;
    },
  };
}

import { type Asking, call } from '../call.ts';
import type { Failure, Result } from '../failure.ts';
import type { AnswerOf, EndpointName } from '../protocol/endpoints.ts';
import { settleFailure } from '../settle.ts';
import type { SignIn } from '../sign-in.ts';
import type { Membership } from '../state.ts';
import type { Team } from '../team.ts';
import type { Say } from './say.ts';

/** What every answer of the thread is made with. */
export interface Talk {
  readonly team: Team;
  readonly say: Say;
  /** A sync is to look for what is due, at once. */
  wake(): void;
  /** Has the person sign in, in a browser. */
  readonly signIn?: SignIn | undefined;
  /** What a page shows is to be asked for again. */
  changed(): void;
}

/** The membership; throws a sentence where nobody has joined. */
export function joined({ team, say }: Talk): Membership {
  const { membership } = team.store.state();
  if (membership === null) throw new Error(say.code('off'));
  return membership;
}

/** Asks the server as the member; throws a sentence where it does not answer as it should. */
export async function ask<Name extends EndpointName>(
  talk: Talk,
  name: Name,
  asking: Omit<Asking<Name>, 'origin'> = {},
): Promise<AnswerOf<Name>> {
  const answer = await call(talk.team, name, { ...asking, origin: joined(talk).origin });
  return (await settled(talk, answer)).value;
}

/** The value of a result; else what it means for the membership is kept, and its sentence thrown. */
export async function settled<Value>(talk: Talk, result: Result<Value>): Promise<Value> {
  if (result.ok) return result.value;
  await notice(talk, result.failure);
  throw new Error(talk.say.failure(result.failure));
}

/** The server may say to any question that the member is gone, or has to read another policy. */
export async function notice({ team, changed }: Talk, failure: Failure): Promise<void> {
  const { membership } = team.store.state();
  if (membership === null || failure.kind !== 'problem') return;
  if (failure.problem.code !== 'member_erased' && failure.problem.code !== 'consent_required') return;
  await settleFailure(team, membership, failure);
  changed();
}

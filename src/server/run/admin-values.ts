import type { Organisation } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { configError } from './config-error.ts';

/** A whole number as it was typed; throws what is right where it is none. */
export function whole(name: string, told: unknown, least: number, most: number): number {
  const number = Number(told);
  if (!Number.isSafeInteger(number) || number < least || number > most) {
    throw configError(`${name} is a whole number from ${least} to ${most}.`);
  }
  return number;
}

/** One of a flag's words; throws which there are where it is none. */
export function oneOf<Choice extends string>(name: string, told: unknown, choices: readonly Choice[]): Choice {
  const found = choices.find((choice) => choice === told);
  if (found === undefined) throw configError(`--${name} is one of ${choices.join(', ')}.`);
  return found;
}

/** The team of that name, whatever its case. */
export async function teamNamed(
  { store, organisation }: { readonly store: Store; readonly organisation: Organisation },
  name: string,
): Promise<number> {
  const teams = await store.teams({ org: organisation.org, member: null });
  const team = teams.find((one) => one.name.toLowerCase() === name.toLowerCase());
  if (team === undefined) throw new Error(`There is no team ${name}.`);
  return team.id;
}

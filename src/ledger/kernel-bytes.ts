import { type Code, give, type Value } from './wasm.ts';

export const quote = 34;
export const comma = 44;
export const colon = 58;
export const backslash = 92;
export const openBrace = 123;
export const closeBrace = 125;
export const openBracket = 91;
export const closeBracket = 93;
/** This bit tells `[` from `{`, and `]` from `}`. */
export const braceBit = 32;
/** No value is deeper: what is, is left to the slow way. */
export const mostDepth = 64;

/** Ends a function without success where a condition holds. */
export function failWhen(when: (condition: Value, then: () => readonly Value[]) => Code, condition: Value): Code {
  return when(condition, () => [give(0)]);
}

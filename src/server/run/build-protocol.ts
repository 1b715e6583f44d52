import type { BuildOrder } from '../boards/builder.ts';

/** Where the data is. */
export type BuildPlace =
  | { readonly kind: 'sqlite'; readonly file: string }
  | { readonly kind: 'postgres'; readonly url: string };

/** To the process: all that it needs. Not as arguments, which every user of the machine can read. */
export interface BuildCall {
  readonly place: BuildPlace;
  readonly order: BuildOrder;
}

export type BuildAnswer = { readonly count: number } | { readonly problem: string };

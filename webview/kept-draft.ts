/** The name under which a page of an invitation keeps what is chosen there. */
export const joinDraft = 'join.draft';

/** Where a page keeps what it wants to find again. */
export interface Keeper {
  recall<Value>(name: string): Value | undefined;
  remember(name: string, value: unknown): void;
}

/**
 * What a person is filling in. The page ends whenever another editor tab hides it: what was filled in is there again as long as
 * it is about the same, and is forgotten once it is sent or given up.
 */
export function keptDraft<Draft>(context: Keeper, name: string, about: string) {
  return {
    /** Without what was not chosen yet: the editor keeps JSON. */
    recall(): Partial<Draft> | undefined {
      const kept = context.recall<{ readonly about: string; readonly draft: Partial<Draft> }>(name);
      return kept?.about === about ? kept.draft : undefined;
    },
    keep: (draft: Draft): void => context.remember(name, { about, draft }),
    forget: (): void => context.remember(name, undefined),
  };
}

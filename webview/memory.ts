import type { Tab } from '../src/dashboard/protocol/messages.ts';
import type { Scope } from '../src/dashboard/protocol/scope.ts';
import type { Host } from './host.ts';

/** What is found again after a reload. */
interface Kept {
  readonly tab: Tab;
  readonly scope: Scope;
  /** Pixels, by tab. */
  readonly scroll: Readonly<Partial<Record<Tab, number>>>;
  readonly views: Readonly<Record<string, unknown>>;
}

const fresh: Kept = { tab: 'overview', scope: { period: { kind: '30d' }, filter: {} }, scroll: {}, views: {} };

/** What the page keeps over reloads, in the editor's care. */
export function memoryOf(host: Pick<Host, 'readState' | 'keepState'>) {
  // A state of another version may lack a part.
  let kept: Kept = { ...fresh, ...(host.readState() as Partial<Kept> | undefined) };
  return {
    get kept(): Kept {
      return kept;
    },
    keep(part: Partial<Kept>): void {
      kept = { ...kept, ...part };
      host.keepState(kept);
    },
  };
}

export type Memory = ReturnType<typeof memoryOf>;

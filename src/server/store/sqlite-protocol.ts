import type { OperationName } from './store.ts';

/** What the store's thread is started with. */
export interface SqliteThreadData {
  readonly file: string;
}

/** To the thread: an operation by its name; the answer has the same number. */
export interface SqliteCall {
  readonly call: number;
  readonly name: OperationName | 'ready' | 'backup' | 'close';
  readonly order: unknown;
}

/** From the thread: first that it is open, or why not; then answers. */
export type SqliteReply =
  | { readonly kind: 'opened' }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'answer'; readonly call: number; readonly outcome: unknown }
  | { readonly kind: 'error'; readonly call: number; readonly error: unknown };

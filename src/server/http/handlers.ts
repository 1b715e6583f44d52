import { accessHandlers } from './access-handlers.ts';
import { adminHandlers } from './admin-handlers.ts';
import { boardHandlers } from './board-handlers.ts';
import { meHandlers } from './me-handlers.ts';
import { metaHandler } from './meta-handler.ts';
import type { Handlers } from './route.ts';
import { syncHandler } from './sync-handler.ts';
import { teamHandlers } from './team-handlers.ts';

/** A handler for every endpoint of the protocol. */
export function allHandlers(): Handlers {
  return {
    ...metaHandler,
    ...accessHandlers,
    ...syncHandler,
    ...boardHandlers(),
    ...meHandlers,
    ...teamHandlers,
    ...adminHandlers,
  };
}

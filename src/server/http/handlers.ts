import { signInHandlers } from '../oidc/handlers.ts';
import { accessHandlers } from './access-handlers.ts';
import { adminHandlers } from './admin-handlers.ts';
import { allowanceHandlers } from './allowance-handlers.ts';
import { boardHandlers } from './board-handlers.ts';
import { insightHandler } from './insight-handler.ts';
import { meHandlers } from './me-handlers.ts';
import { metaHandler } from './meta-handler.ts';
import type { Handlers } from './route.ts';
import { syncHandler } from './sync-handler.ts';
import { teamHandlers } from './team-handlers.ts';
import { webCodeHandler } from './web-code-handler.ts';

/** A handler for every endpoint of the protocol. */
export function allHandlers(): Handlers {
  return {
    ...metaHandler,
    ...accessHandlers,
    ...signInHandlers,
    ...syncHandler,
    ...boardHandlers(),
    ...meHandlers,
    ...webCodeHandler,
    ...teamHandlers,
    ...adminHandlers,
    ...allowanceHandlers,
    ...insightHandler,
  };
}

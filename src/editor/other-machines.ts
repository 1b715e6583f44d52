import { noOthers, type OtherMachines } from '../dashboard/protocol/machines.ts';
import type { TeamSharing } from './team-sharing.ts';

/** What one's other machines have told; where sharing cannot say it, why. This machine's figures do not depend on it. */
export async function otherMachinesOf(sharing: TeamSharing): Promise<OtherMachines> {
  try {
    return await sharing.ask({ ask: 'otherMachines' });
  } catch (error) {
    return { ...noOthers, offline: error instanceof Error ? error.message : String(error) };
  }
}

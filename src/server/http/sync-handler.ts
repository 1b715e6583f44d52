import { maxDeviceDayMicroUsd, maxDeviceDayTokens, protocolVersion } from '../../team/protocol/limits.ts';
import type { Cell, CellRefusal } from '../../team/protocol/sync.ts';
import { cadenceMs, otherModel } from '../../team/protocol/terms.ts';
import { problemError } from './problem-error.ts';
import type { Handlers } from './route.ts';

interface Refused {
  readonly i: number;
  readonly code: CellRefusal;
}

/** No client needs to come more often than this, however fast the board is. */
const leastSeconds = 300;
const mostSeconds = 3600;

/** Takes cells. Those of models that this server's catalogue does not know are refused one by one: the client adds them to `other`. */
export const syncHandler: Pick<Handlers, 'sync'> = {
  async sync(context, { session, body, now }) {
    const { store, knowsModel, sessions } = context;
    if (body.v !== protocolVersion) throw problemError('upgrade_required');
    if (session.closed !== null) throw problemError('board_closed');
    const refused: Refused[] = [];
    const places: number[] = [];
    const cells: Cell[] = [];
    for (const [i, cell] of body.cells.entries()) {
      const code = refusal(cell, session.models, knowsModel);
      if (code !== undefined) refused.push({ i, code });
      else {
        cells.push(cell);
        places.push(i);
      }
    }
    const { org, member, device } = session;
    const result = await store.sync({
      org,
      member,
      device,
      policyVersion: body.policyVersion,
      cells,
      badges: body.badges,
      now,
    });
    switch (result.outcome) {
      case 'overlap':
        throw problemError('device_overlap', { device: result.device });
      case 'consent_required':
        sessions.forget(member);
        throw problemError('consent_required', { policyVersion: result.policyVersion });
      case 'gone':
        sessions.forget(member);
        throw problemError('member_erased');
      case 'applied': {
        const policy = await context.policies.of(result.policyVersion);
        const inStore = result.rejected.map(({ i, code }) => ({ i: places[i] ?? i, code }));
        return {
          applied: result.applied,
          unchanged: result.unchanged,
          rejected: [...refused, ...inStore].sort((a, b) => a.i - b.i),
          ackSeq: body.seq,
          serverTime: new Date(now).toISOString(),
          nextSyncAfterSec: Math.min(mostSeconds, Math.max(leastSeconds, cadenceMs[policy.cadence] / 1000)),
          policyVersion: result.policyVersion,
        };
      }
    }
  },
};

function refusal(cell: Cell, models: boolean, knowsModel: (model: string) => boolean): CellRefusal | undefined {
  const { in: input, out, cr, cw, cw1, rs, req, usd } = cell;
  if (cw1 > cw || rs > out) return 'impossible_counts';
  if (input + out + cr + cw > maxDeviceDayTokens || (usd ?? 0) > maxDeviceDayMicroUsd) return 'impossible_counts';
  // What a person has stopped telling by name is taken out under that name.
  const removes = input + out + cr + cw + req === 0;
  if (cell.model === otherModel || removes) return undefined;
  return models && knowsModel(cell.model) ? undefined : 'unknown_model';
}

import {
  maxBodyBytes,
  maxCellAgeDays,
  maxCellsPerSync,
  maxDevicesPerMember,
  protocolVersion,
} from '../../team/protocol/limits.ts';
import { metricIds, metrics } from '../../team/protocol/terms.ts';
import { readPolicy } from './policies.ts';
import type { Handlers } from './route.ts';

/** What anyone may know before joining: the policy, the metrics with their formulas, the bounds. */
export const metaHandler: Pick<Handlers, 'meta'> = {
  async meta({ store, version, pricesVersion, oidc }) {
    const organisation = await store.organisation({});
    return {
      protocol: { min: protocolVersion, max: protocolVersion },
      server: version,
      policy: organisation?.policy == null ? null : readPolicy(organisation.policy),
      closed: organisation?.closed ?? null,
      metrics: metricIds.map((id) => {
        const { unit, formula, windows } = metrics[id];
        return { id, unit, formula, windows: [...windows] };
      }),
      pricesVersion,
      signIn: oidc !== undefined,
      limits: {
        cellsPerSync: maxCellsPerSync,
        bodyBytes: maxBodyBytes,
        cellAgeDays: maxCellAgeDays,
        devices: maxDevicesPerMember,
      },
    };
  },
};

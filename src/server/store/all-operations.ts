import { changeMember, members } from './admin-members.ts';
import { appendAudit, audit } from './audit.ts';
import { setConsent } from './consents.ts';
import { contributions } from './contributions.ts';
import { eraseAll, eraseMember, removeDevice } from './erase.ts';
import { exportMember } from './exports.ts';
import { createInvite, invites, revokeInvite } from './invites.ts';
import { join } from './join.ts';
import { member, usage, views } from './members.ts';
import { createOrganisation, organisation, policies, setClosed, setPolicy } from './organisations.ts';
import type { SyncOrder, SyncOutcome } from './port-members.ts';
import { setPseudonyms } from './pseudonyms.ts';
import { publish } from './publish.ts';
import { countRate } from './rates.ts';
import { dropSeries, heads, recordView, seriesState, snapshot } from './snapshots.ts';
import type { Operation } from './sql.ts';
import { standing } from './standings.ts';
import type { OperationName, Operations, OrderOf, OutcomeOf } from './store.ts';
import { sweep } from './sweep.ts';
import { createTeam, removeTeam, renameTeam, setTeamRole, teamMembers, teams } from './teams.ts';
import { openFamily, revokeFamily, rotate, session } from './tokens.ts';
import { refreshTaken, takeDirty } from './windows.ts';

/** A single statement needs no transaction; reads of several see one state of the store. */
export type Mode = 'single' | 'read' | 'write';

interface Made<Name extends OperationName> {
  readonly mode: Mode;
  readonly run: Operation<OrderOf<Name>, OutcomeOf<Name>>;
}

/** Operations that are more than one transaction: each store makes them of its own transactions. */
type Composed = 'sync' | 'refreshWindows';

const single = <Order, Outcome>(run: Operation<Order, Outcome>) => ({ mode: 'single' as const, run });
const read = <Order, Outcome>(run: Operation<Order, Outcome>) => ({ mode: 'read' as const, run });
const write = <Order, Outcome>(run: Operation<Order, Outcome>) => ({ mode: 'write' as const, run });

/** Every operation, and how it is run. */
const made: { readonly [Name in Exclude<OperationName, Composed>]: Made<Name> } = {
  organisation: single(organisation),
  createOrganisation: write(createOrganisation),
  setPolicy: write(setPolicy),
  policies: single(policies),
  setClosed: write(setClosed),
  createInvite: write(createInvite),
  invites: single(invites),
  revokeInvite: write(revokeInvite),
  join: write(join),
  session: single(session),
  openFamily: write(openFamily),
  rotate: write(rotate),
  revokeFamily: write(revokeFamily),
  countRate: single(countRate),
  member: read(member),
  setConsent: write(setConsent),
  setPseudonyms: write(setPseudonyms),
  usage: read(usage),
  exportMember: write(exportMember),
  views: single(views),
  eraseMember: write(eraseMember),
  removeDevice: write(removeDevice),
  teams: single(teams),
  createTeam: write(createTeam),
  renameTeam: write(renameTeam),
  removeTeam: write(removeTeam),
  setTeamRole: write(setTeamRole),
  teamMembers: single(teamMembers),
  members: read(members),
  changeMember: write(changeMember),
  audit: single(audit),
  appendAudit: write(appendAudit),
  eraseAll: write(eraseAll),
  sweep: write(sweep),
  contributions: read(contributions),
  seriesState: single(seriesState),
  publish: write(publish),
  heads: single(heads),
  snapshot: read(snapshot),
  standing: read(standing),
  recordView: write(recordView),
  dropSeries: write(dropSeries),
};

export const operationNames: readonly OperationName[] = [
  ...(Object.keys(made) as Exclude<OperationName, Composed>[]),
  'sync',
  'refreshWindows',
];

/** Runs one operation of several statements in a transaction of the mode. */
export type Run = <Order, Outcome>(mode: Mode, operation: Operation<Order, Outcome>, order: Order) => Promise<Outcome>;

/** All operations of a store that can run one in a transaction, and take several syncs in one. */
export function operationsOf(run: Run, sync: (order: SyncOrder) => Promise<SyncOutcome>): Operations {
  const plain = Object.entries(made).map(([name, { mode, run: operation }]) => [
    name,
    (order: unknown) => run(mode, operation as Operation<unknown, unknown>, order),
  ]);
  return {
    ...(Object.fromEntries(plain) as Omit<Operations, Composed>),
    sync,
    async refreshWindows(order) {
      const rolled = await run('write', takeDirty, order);
      return { ...(await run('write', refreshTaken, order)), rolled };
    },
  };
}

import { changeMember, members } from './admin-members.ts';
import { allowances, allowanceUse, changeAllowance, grantAllowance, poolUse, removeAllowance } from './allowances.ts';
import { appendAudit, audit } from './audit.ts';
import { setConsent } from './consents.ts';
import { contributions } from './contributions.ts';
import { eraseAll, eraseMember, mayErase, removeDevice } from './erase.ts';
import { exportMember } from './exports.ts';
import { beginAbsence, claimIdentities, identity, leavers, signIn } from './identities.ts';
import { habits, insightStates, insights, publishInsights } from './insights.ts';
import { createInvite, createTicket, invites, revokeInvite } from './invites.ts';
import { join } from './join.ts';
import { linkIdentity, memberIdentity } from './link-identity.ts';
import { member, usage, views } from './members.ts';
import { createOrganisation, organisation, policies, setClosed, setPolicy } from './organisations.ts';
import { answerDevice, keepPassage, openDevice, passage, pollDevice, waitingDevice } from './passages.ts';
import { setPseudonyms } from './pseudonyms.ts';
import { publish } from './publish.ts';
import { dropSeries, heads, seriesState, snapshot } from './snapshots.ts';
import type { Operation } from './sql.ts';
import { field, standing } from './standings.ts';
import type { OperationName, Operations, OrderOf, OutcomeOf } from './store.ts';
import { sweep } from './sweep.ts';
import { createTeam, removeTeam, renameTeam, setTeamRole, teamMembers, teams } from './teams.ts';
import { openFamily, revokeFamily, rotate } from './tokens.ts';
import { openWeb, renewWeb, useWebCode, webSession } from './web-sessions.ts';

/** A single statement needs no transaction; reads of several see one state of the store. */
export type Mode = 'single' | 'read' | 'write';

interface Made<Name extends OperationName> {
  readonly mode: Mode;
  readonly run: Operation<OrderOf<Name>, OutcomeOf<Name>>;
}

/** Operations that are more than one transaction: each store makes them of its own transactions. */
type Composed = 'sync' | 'session' | 'countRate' | 'recordView' | 'refreshWindows';

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
  openFamily: write(openFamily),
  rotate: write(rotate),
  revokeFamily: write(revokeFamily),
  keepPassage: write(keepPassage),
  passage: single(passage),
  createTicket: write(createTicket),
  openDevice: write(openDevice),
  waitingDevice: single(waitingDevice),
  answerDevice: single(answerDevice),
  pollDevice: write(pollDevice),
  signIn: write(signIn),
  linkIdentity: write(linkIdentity),
  memberIdentity: single(memberIdentity),
  identity: single(identity),
  claimIdentities: single(claimIdentities),
  beginAbsence: write(beginAbsence),
  leavers: single(leavers),
  openWeb: write(openWeb),
  useWebCode: write(useWebCode),
  webSession: single(webSession),
  renewWeb: write(renewWeb),
  member: read(member),
  setConsent: write(setConsent),
  setPseudonyms: write(setPseudonyms),
  usage: read(usage),
  exportMember: write(exportMember),
  views: single(views),
  mayErase: write(mayErase),
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
  allowances: single(allowances),
  grantAllowance: write(grantAllowance),
  changeAllowance: write(changeAllowance),
  removeAllowance: write(removeAllowance),
  allowanceUse: read(allowanceUse),
  poolUse: read(poolUse),
  habits: read(habits),
  insightStates: single(insightStates),
  publishInsights: write(publishInsights),
  insights: single(insights),
  contributions: read(contributions),
  seriesState: single(seriesState),
  publish: write(publish),
  heads: single(heads),
  snapshot: read(snapshot),
  standing: single(standing),
  field: single(field),
  dropSeries: write(dropSeries),
};

export const operationNames: readonly OperationName[] = [
  ...(Object.keys(made) as Exclude<OperationName, Composed>[]),
  'sync',
  'session',
  'countRate',
  'recordView',
  'refreshWindows',
];

/** Runs one operation of several statements in a transaction of the mode. */
export type Run = <Order, Outcome>(mode: Mode, operation: Operation<Order, Outcome>, order: Order) => Promise<Outcome>;

/** What a store makes of its own transactions. */
export type OfStore = Pick<Operations, Composed>;

/** All operations of a store that can run one in a transaction. */
export function operationsOf(run: Run, ofStore: OfStore): Operations {
  const plain = Object.entries(made).map(([name, { mode, run: operation }]) => [
    name,
    (order: unknown) => run(mode, operation as Operation<unknown, unknown>, order),
  ]);
  return { ...(Object.fromEntries(plain) as Omit<Operations, Composed>), ...ofStore };
}

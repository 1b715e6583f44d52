import { join } from 'node:path';
import { Value } from 'typebox/value';
import { maxGroup, maxTopN, minGroup } from '../../team/protocol/limits.ts';
import type { Policy } from '../../team/protocol/policy.ts';
import { PolicyDraft } from '../../team/protocol/policy.ts';
import { cadences, defaultMetric, type MetricId, metricIds, roles } from '../../team/protocol/terms.ts';
import { hashOf, newSecret } from '../http/secrets.ts';
import { draftProblem, newPolicy } from '../policy/new-policy.ts';
import { eraseNoted } from '../store/noted-erasure.ts';
import type { AdminAct, AdminValues } from './admin-command.ts';
import { oneOf, teamNamed, whole } from './admin-values.ts';
import { usualUrl } from './config.ts';
import { configError } from './config-error.ts';
import { erasureList } from './erasure-list.ts';

const dayMs = 86_400_000;
const pageSize = 500;
const operator = { member: null, role: null };

/** Shows the policy, or states a new one: what is not told stays as it was. */
export async function adminPolicy({ store, organisation, values, now, print }: AdminAct): Promise<void> {
  const before = organisation.policy === null ? undefined : (JSON.parse(organisation.policy.body) as Policy);
  const asked = Object.keys(values).some((name) => !['data', 'database-url', 'public-url'].includes(name));
  if (!asked) {
    print(before === undefined ? 'No policy is stated yet. See tokenboard admin --help.' : before.text);
    return;
  }
  const policy = newPolicy(draftOf(values, before), (before?.version ?? 0) + 1, now);
  const { org } = organisation;
  const { version, sha256 } = policy;
  const stated = await store.setPolicy({ org, by: operator, version, sha256, body: JSON.stringify(policy), now });
  if (stated === 'version_taken') throw new Error('Someone else has just stated a policy. Look at it, then try again.');
  print(
    `${policy.text}\n\nVersion ${version}. ${version === 1 ? 'Invites can be made now: tokenboard admin invite' : 'Everyone is asked again.'}`,
  );
}

export async function adminInvite({ store, organisation, values, publicUrl, now, print }: AdminAct): Promise<void> {
  const { org } = organisation;
  const secret = newSecret();
  const role = oneOf('role', values.role ?? 'member', roles);
  if (organisation.policy === null) {
    throw new Error('Invites exist only after the purpose is stated: tokenboard admin policy --purpose …');
  }
  const made = await store.createInvite({
    org,
    hash: hashOf(secret),
    team: values.team === undefined ? null : await teamNamed({ store, organisation }, String(values.team)),
    role,
    teamRole: 'member',
    member: null,
    by: operator,
    uses: whole('uses', values.uses ?? '1', 1, 100_000),
    expiresAt: now + whole('days', values.days ?? '7', 1, 14) * dayMs,
    now,
  });
  if (typeof made === 'string') throw new Error('The invite cannot be made: state a policy first.');
  print(`${publicUrl ?? usualUrl}/join#${secret}`);
  if (publicUrl === undefined) {
    process.stderr.write(
      `The link leads to ${usualUrl}. Where people reach the board elsewhere, say so with --public-url.\n`,
    );
  }
}

export async function adminInvites({ store, organisation, now, print }: AdminAct): Promise<void> {
  const invites = await store.invites({ org: organisation.org, team: null, now });
  if (invites.length === 0) print('No invite holds.');
  for (const { id, role, uses, used, expiresAt } of invites) {
    print(`${id}  ${role}  used ${used} of ${uses}  until ${new Date(expiresAt).toISOString().slice(0, 16)}Z`);
  }
}

/** Takes back an invite that `admin invites` lists. */
export async function adminRevoke({ store, organisation, words, now, print }: AdminAct): Promise<void> {
  const invite = whole('invite', words[0] ?? '', 1, Number.MAX_SAFE_INTEGER);
  if (!(await store.revokeInvite({ org: organisation.org, invite, by: operator, now }))) {
    throw new Error(`There is no invite ${invite} that holds.`);
  }
  print(`Invite ${invite} is revoked.`);
}

export async function adminMembers({ store, organisation, print }: AdminAct): Promise<void> {
  for (let after = 0; ; ) {
    const members = await store.members({ org: organisation.org, after, limit: pageSize });
    for (const { id, role, joinedDay, name, consented } of members) {
      print(
        `${id}  ${role}  since ${joinedDay}  ${consented ? 'takes part' : 'has not agreed'}  ${name ?? '(no name told)'}`,
      );
    }
    const last = members.at(-1);
    if (last === undefined || members.length < pageSize) return;
    after = last.id;
  }
}

export async function adminRemove({ store, organisation, words, place, key, now, print }: AdminAct): Promise<void> {
  const member = whole('member', words[0] ?? '', 1, Number.MAX_SAFE_INTEGER);
  const { org } = organisation;
  const list = erasureList(join(place.data, 'erased'), key());
  const order = { org, member, by: operator, action: 'member.remove' as const, force: true, now };
  if ((await eraseNoted(store, list, order)) !== 'erased') throw new Error(`There is no member ${member}.`);
  print(`Member ${member} is erased.`);
}

/** What is right for each of a policy's flags, by the draft's field. */
const wrongFlags: Readonly<Record<string, readonly [flag: string, right: string]>> = {
  purpose: ['--purpose', 'a text of 1 to 1000 characters'],
  organisation: ['--organisation', 'a name of 1 to 80 characters'],
  contact: ['--contact', 'a text of at most 200 characters'],
  worksAgreement: ['--works-agreement', 'a text of at most 500 characters'],
  cadence: ['--cadence', `one of ${cadences.join(', ')}`],
  k: ['--k', `a whole number from ${minGroup} to ${maxGroup}: a sum over fewer people would tell of them`],
  topN: ['--top', `a whole number from 1 to ${maxTopN}`],
  metrics: ['--metrics', `a list of ${metricIds.join(', ')}, each once, with commas between`],
};

function draftOf(values: AdminValues, before: Policy | undefined): PolicyDraft {
  const text = (name: keyof AdminValues, usual: string | null): string | null =>
    values[name] === undefined ? usual : String(values[name]);
  const pay = values['used-for-pay'];
  const metrics = values.metrics === undefined ? before?.metrics : String(values.metrics).split(',');
  const draft = {
    purpose: text('purpose', before?.purpose ?? null),
    organisation: text('organisation', before?.organisation ?? null),
    contact: text('contact', before?.contact ?? null),
    worksAgreement: text('works-agreement', before?.worksAgreement ?? null),
    usedForPay: pay === undefined ? (before?.usedForPay ?? null) : oneOf('used-for-pay', pay, ['yes', 'no']) === 'yes',
    cadence: text('cadence', before?.cadence ?? 'daily'),
    k: values.k === undefined ? (before?.k ?? 5) : Number(values.k),
    topN: values.top === undefined ? (before?.topN ?? 250) : Number(values.top),
    quiet: typeof values.quiet === 'boolean' ? values.quiet : (before?.quiet ?? false),
    metrics: metrics ?? ['fresh', 'tokens', 'cost', 'cacheShare', 'activeDays', 'models'],
    defaultMetric: before?.defaultMetric ?? defaultMetric,
    budget: before?.budget ?? null,
  };
  if (draft.purpose === null || draft.organisation === null) {
    throw configError('a first policy needs --purpose and --organisation.');
  }
  if (!draft.metrics.includes(draft.defaultMetric)) draft.defaultMetric = draft.metrics[0] as MetricId;
  if (Value.Check(PolicyDraft, draft)) {
    const wrong = draftProblem(draft);
    if (wrong === undefined) return draft;
    throw configError(wrong);
  }
  const [problem] = Value.Errors(PolicyDraft, draft);
  const [flag, right] = wrongFlags[problem?.instancePath.split('/')[1] ?? ''] ?? [
    'a flag',
    'as tokenboard admin --help says',
  ];
  throw configError(`${flag} is ${right}.`);
}

import { compact, usd } from '../../usage/format.ts';
import type { AllowanceRecord } from '../store/port-allowances.ts';
import type { AdminAct, AdminValues } from './admin-command.ts';
import { oneOf, teamNamed, whole } from './admin-values.ts';
import { configError } from './config-error.ts';

const operator = { member: null, role: null };
const nanoInMicro = 1000;
const microInUsd = 1e6;
const scales: Readonly<Record<string, number>> = { '': 1, k: 1e3, m: 1e6, b: 1e9, t: 1e12 };

/** `admin allowance`: lists what was granted, grants, changes or takes back. */
export async function adminAllowance(act: AdminAct): Promise<void> {
  const [verb = 'list', id] = act.words;
  const flags = ['member', 'team', 'per', 'tokens', 'usd'].filter((flag) => act.values[flag as keyof AdminValues]);
  const wrong = (most: readonly string[]) => flags.find((flag) => !most.includes(flag));
  const allowed = {
    list: [],
    grant: ['member', 'team', 'per', 'tokens', 'usd'],
    change: ['tokens', 'usd'],
    remove: [],
  };
  const verbs = Object.keys(allowed) as (keyof typeof allowed)[];
  const kind = verbs.find((one) => one === verb);
  if (kind === undefined) throw configError(`there is no 'admin allowance ${verb}'; there are ${verbs.join(', ')}.`);
  const extra = wrong(allowed[kind]);
  if (extra !== undefined) throw configError(`'admin allowance ${kind}' takes no --${extra}.`);
  if ((kind === 'change' || kind === 'remove') !== (id !== undefined)) {
    throw configError(
      id === undefined ? `say which: tokenboard admin allowance ${kind} ID` : `'${id}' is not for '${kind}'.`,
    );
  }
  if (kind === 'list') await list(act);
  else if (kind === 'grant') await grant(act);
  else await alter(act, kind, whole('allowance', id, 1, Number.MAX_SAFE_INTEGER));
}

async function list({ store, organisation, print }: AdminAct): Promise<void> {
  const { org } = organisation;
  const [granted, teams] = await Promise.all([store.allowances({ org }), store.teams({ org, member: null })]);
  if (granted.length === 0) print('No allowance is granted.');
  const names = new Map(teams.map(({ id, name }) => [id, name]));
  for (const one of granted) {
    const whose = one.team === null ? `member ${one.member}` : `team ${names.get(one.team) ?? one.team}`;
    print(`${one.id}  ${whose}  ${amountText(one)} a ${one.per}  since ${one.since}`);
  }
}

async function grant({ store, organisation, values, now, print }: AdminAct): Promise<void> {
  const { org } = organisation;
  if ((values.member === undefined) === (values.team === undefined)) {
    throw configError('say for whom: --member ID, or --team NAME, which shares it.');
  }
  const per = oneOf('per', values.per ?? 'month', ['month', 'year'] as const);
  const sum = amountOf(values);
  const member = values.member === undefined ? null : whole('member', values.member, 1, Number.MAX_SAFE_INTEGER);
  const team = values.team === undefined ? null : await teamNamed({ store, organisation }, String(values.team));
  const made = await store.grantAllowance({ org, member, team, per, ...sum, by: operator, now });
  if (made === 'gone') throw new Error(`There is no member ${member}.`);
  print(`Granted: ${amountText(sum)} a ${per}. It is allowance ${made}.`);
}

async function alter(
  { store, organisation, values, now, print }: AdminAct,
  kind: 'change' | 'remove',
  allowance: number,
): Promise<void> {
  const { org } = organisation;
  const found = (await store.allowances({ org })).find(({ id }) => id === allowance);
  if (found === undefined) throw new Error(`There is no allowance ${allowance}.`);
  if (kind === 'remove') {
    await store.removeAllowance({ org, allowance, by: operator, now });
    print(`Allowance ${allowance} is taken back.`);
    return;
  }
  const sum = amountOf(values);
  if (sum.unit !== found.unit) {
    throw configError(`allowance ${allowance} is in ${found.unit === 'tokens' ? 'tokens: --tokens' : 'USD: --usd'}.`);
  }
  await store.changeAllowance({ org, allowance, amount: sum.amount, by: operator, now });
  print(`Allowance ${allowance} is ${amountText(sum)} a ${found.per}.`);
}

/** `--tokens 250M` or `--usd 40.50`. */
function amountOf({ tokens, usd: dollars }: AdminValues): Pick<AllowanceRecord, 'unit' | 'amount'> {
  if ((tokens === undefined) === (dollars === undefined))
    throw configError('say how much: --tokens 250M, or --usd 40.');
  const [, digits = '', scale = ''] = /^([0-9]+(?:\.[0-9]+)?)([kmbt]?)$/i.exec(String(tokens ?? dollars)) ?? [];
  const factor = tokens === undefined ? microInUsd : 1;
  const amount = Math.round(Number(digits) * (scales[scale.toLowerCase()] ?? 1) * factor);
  if (digits === '' || !Number.isSafeInteger(amount) || amount < 1) {
    throw configError(`--${tokens === undefined ? 'usd' : 'tokens'} is a number above 0, such as 40, 2.5M or 1B.`);
  }
  return { unit: tokens === undefined ? 'microUsd' : 'tokens', amount };
}

function amountText({ unit, amount }: Pick<AllowanceRecord, 'unit' | 'amount'>): string {
  return unit === 'tokens'
    ? `${compact(amount)} tokens`
    : `${usd(amount * nanoInMicro, { cents: true })} at list price`;
}

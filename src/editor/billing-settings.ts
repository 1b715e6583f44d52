import type { Billing } from '../dashboard/protocol/amounts.ts';
import type { Account, DashboardSettings } from '../dashboard/protocol/settings.ts';
import { toolIds } from '../usage/tool-id.ts';
import { homeResolved } from './home-resolved.ts';

type Tell = (problem: string) => void;

const ways: readonly Billing[] = ['api', 'subscription', 'included'];

/** How each tool is paid, by a setting's value; a tool that is not in it is not said. */
export function readBilling(value: unknown, tell: Tell): DashboardSettings['billing'] {
  const billing: Record<string, Billing> = {};
  if (value === null || typeof value !== 'object') return billing;
  for (const [name, way] of Object.entries(value)) {
    const tool = toolIds.find((known) => known === name);
    const known = billingOf(way);
    if (tool === undefined) tell(`tokenboard.billing: there is no tool named ${JSON.stringify(name)}.`);
    else if (known === undefined) tell(`tokenboard.billing: ${name} is paid by api, subscription or included.`);
    else billing[tool] = known;
  }
  return billing;
}

/** The accounts in a setting's value, in order. One without a name or folder is left out; of two of a name the first holds. */
export function readAccounts(value: unknown, home: string, tell: Tell): readonly Account[] {
  if (!Array.isArray(value)) return [];
  const accounts = new Map<string, Account>();
  for (const [index, entry] of value.entries()) {
    const found = accountOf(entry as Readonly<Record<string, unknown>> | null, home);
    if (typeof found === 'string') tell(`tokenboard.accounts: entry ${index + 1} is passed over: ${found}.`);
    else if (accounts.has(found.name)) tell(`tokenboard.accounts: ${found.name} is there twice; the first holds.`);
    else accounts.set(found.name, found);
  }
  return [...accounts.values()];
}

/** An account, or what is wrong with it. */
function accountOf(entry: Readonly<Record<string, unknown>> | null, home: string): Account | string {
  const name = typeof entry?.name === 'string' ? entry.name.trim() : '';
  if (name === '') return 'it has no name';
  const folders = (Array.isArray(entry?.folders) ? entry.folders : []).flatMap(
    (folder) => homeResolved(folder, home) ?? [],
  );
  if (folders.length === 0) return 'it has no absolute folder, nor one below ~';
  const billing = billingOf(entry?.billing);
  if (billing === undefined && entry?.billing !== undefined && entry.billing !== null)
    return 'it is paid by api, subscription or included';
  return { name, folders, ...(billing === undefined ? {} : { billing }) };
}

function billingOf(value: unknown): Billing | undefined {
  return ways.find((way) => way === value);
}

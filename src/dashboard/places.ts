import { inFolder } from '../stats/in-folder.ts';
import type { Names } from './names.ts';
import { projectTitles } from './project-titles.ts';
import type { Billing, PaidBy } from './protocol/amounts.ts';
import type { Account, DashboardSettings } from './protocol/settings.ts';

/** What the settings say of the names in the ledger. */
export interface Places {
  /** Names of accounts; the last, empty one stands for none of them. */
  readonly accounts: readonly string[];
  /** By index of a project: the index of its account. */
  readonly accountOf: readonly number[];
  /** By the ledger's id of an origin: how it is paid, as a bit that `paidBy` reads. */
  readonly billingOf: readonly number[];
  /** Projects as shown, by folder. */
  readonly titles: ReadonlyMap<string, string>;
}

const billings: readonly (Billing | undefined)[] = [undefined, 'api', 'subscription', 'included'];

export function placesOf(names: Names, { accounts, billing }: DashboardSettings): Places {
  const accountOf = names.projects.map((project) => {
    const found = accounts.findIndex((account) => holds(account, project));
    return found < 0 ? accounts.length : found;
  });
  const billingOf: number[] = [];
  names.toolOf.forEach((tool, origin) => {
    const account = accounts[accountOf[names.projectOf[origin] as number] as number];
    const name = names.tools[tool];
    const paid = account?.billing ?? (name === undefined ? undefined : billing[name]);
    billingOf[origin] = billingBit(paid);
  });
  return {
    accounts: [...accounts.map(({ name }) => name), ''],
    accountOf,
    billingOf,
    titles: projectTitles(names.projects),
  };
}

/** A way of paying as a bit. */
export function billingBit(paid: Billing | undefined): number {
  return 1 << billings.indexOf(paid);
}

/** How all of these bits together are paid. */
export function paidBy(bits: number): PaidBy {
  const found = billings.filter((_, index) => (bits & (1 << index)) !== 0);
  return found.length > 1 ? 'mixed' : found[0];
}

function holds({ folders }: Account, project: string): boolean {
  return folders.some((folder) => inFolder(project, folder));
}

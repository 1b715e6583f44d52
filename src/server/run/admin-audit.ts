import type { AdminAct } from './admin-command.ts';

const pageSize = 500;

/** Prints the audit, newest first, an entry a line as JSON: who did what to whom when, by ids alone, as admins are told it. */
export async function adminAudit({ store, organisation, print }: AdminAct): Promise<void> {
  for (let before: number | null = null; ; ) {
    const entries = await store.audit({ org: organisation.org, before, limit: pageSize });
    for (const { at, ...entry } of entries) print(JSON.stringify({ at: new Date(at).toISOString(), ...entry }));
    const last = entries.at(-1);
    if (last === undefined || entries.length < pageSize) return;
    before = last.id;
  }
}

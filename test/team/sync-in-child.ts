import { openLedger } from '../../src/ledger/ledger.ts';
import { machineOf } from '../../src/ledger/machine.ts';
import { createTeam } from '../../src/team/surroundings.ts';
import { syncNow } from '../../src/team/sync.ts';
import { tokenFile } from '../../src/team/tokens.ts';

/** Syncs a home once, at a time, in a process of its own; prints what came of it. */
const [home = '', now = ''] = process.argv.slice(2);
const machine = machineOf(home);
const ledger = openLedger(machine);
const team = createTeam({
  machine,
  kind: 'editor',
  version: '1.0.0',
  ledger: () => ledger,
  http: () => ({ userAgent: 'tokenboard/1.0.0', proxy: 'none' }),
  tokens: (dir) => tokenFile(dir, 'tokens-editor.json'),
  policyFile: `${home}/no-policy.json`,
  now: () => Number(now),
});
process.stdout.write(JSON.stringify(await syncNow(team, { now: true })));
team.store.close();
ledger.close();

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { say } from '../workbench/say.ts';
import { machineInWords } from './machine.ts';
import { markdownOf, type Section } from './section.ts';
import { filledPostgres, filledSqlite } from './server-filled.ts';
import { warmUp } from './server-load.ts';
import { measure } from './server-measures.ts';
import { startServerProcess } from './server-process.ts';
import { sectionOf } from './server-section.ts';

const usage = `npm run bench:server -- [--members N] [--teams N] [--seconds N] [--only sqlite|postgres]… [--write]

  --members N  on PostgreSQL; default 85000. SQLite has 10000, or as many if that is fewer
  --teams N    default 20
  --seconds N  how long each load lasts; default 20
  --only       one store; may be repeated
  --write      write the results to docs/benchmark-server.md
`;

const { values } = parseArgs({
  options: {
    members: { type: 'string', default: '85000' },
    teams: { type: 'string', default: '20' },
    seconds: { type: 'string', default: '20' },
    only: { type: 'string', multiple: true, default: ['postgres', 'sqlite'] },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) process.stdout.write(usage);
else await bench();

async function bench(): Promise<void> {
  const [members, teams, seconds] = [Number(values.members), Number(values.teams), Number(values.seconds)];
  const sections: Section[] = [];
  for (const kind of ['postgres', 'sqlite'] as const) {
    if (!values.only.includes(kind)) continue;
    const large = kind === 'postgres';
    const people = large ? members : Math.min(10_000, members);
    const scale = {
      signedIn: Math.min(5000, people),
      reads: large ? 1000 : 100,
      syncs: large ? 250 : 25,
      mostSyncs: large ? 1500 : 150,
      seconds,
    };
    const data = mkdtempSync(join(tmpdir(), 'tokenboard-bench-server-'));
    say(`${people} members on ${large ? 'PostgreSQL' : 'SQLite'}: filling`);
    const fill = { members: people, teams, days: 30, signedIn: scale.signedIn };
    const store = large ? await filledPostgres(fill) : await filledSqlite(data, fill);
    await warmUp();
    const server = await startServerProcess(['--data', data, ...store.args]);
    try {
      const measured = await measure(server, scale, say);
      sections.push(sectionOf(kind, { members: people, teams, scale, measured }));
    } finally {
      await server.end();
      await store.end();
      rmSync(data, { recursive: true, force: true });
    }
    process.stdout.write(`\n${markdownOf(sections.at(-1) as Section)}\n\n`);
  }
  if (values.write) writeFileSync('docs/benchmark-server.md', documentOf(sections));
  const missed = sections.flatMap(({ targets, failures }) => [...targets.filter(({ met }) => !met), ...failures]);
  process.exitCode = missed.length === 0 ? 0 : 1;
}

function documentOf(sections: readonly Section[]): string {
  return `# How the sync backend performs

Measured by \`npm run bench:server\` on ${machineInWords()}. The server is the published command, one process on a real store;
the database and the load generator share the machine's cores with it. Sign-in, rate limits and the audit of views are on.
Times are counted from the moment when a request was due.

${sections.map(markdownOf).join('\n\n')}
`;
}

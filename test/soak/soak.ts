import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Client } from 'pg';
import { machineInWords } from '../bench/machine.ts';
import { markdownOf, type Section, type Target } from '../bench/section.ts';
import { filledPostgres } from '../bench/server-filled.ts';
import { say } from '../workbench/say.ts';
import { letClientsSync, type Told } from './clients.ts';
import { herdAfter, outages } from './herd.ts';
import { lostIn } from './lost.ts';
import { startServers } from './servers.ts';

const usage = `npm run test:server:soak -- [--minutes N] [--rate N]

Three processes of the backend on one PostgreSQL, of which one is killed every 30 seconds while clients sync; then clients
that could not reach any for a while, by their own timing. The load generator shares the machine's cores.

  --minutes N  default 10
  --rate N     syncs a second; default 200
`;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    rate: { type: 'string', default: '200' },
    help: { type: 'boolean', default: false },
  },
});

const processes = 3;
const killEveryMs = 30_000;
/** A device may sync 120 times an hour. */
const perClient = 60;
const mostFailed = 0.001;
/** Of the rate that was ordered, in the mean. */
const leastRate = 0.95;
const lookEveryMs = 500;

if (values.help) process.stdout.write(usage);
else {
  const sections = [await soak(Number(values.minutes) * 60, Number(values.rate)), herds()];
  process.stdout.write(`${machineInWords()}\n\n${sections.map(markdownOf).join('\n\n')}\n`);
  const wrong = sections.flatMap(({ targets, failures }) => [...targets.filter(({ met }) => !met), ...failures]);
  process.exitCode = wrong.length === 0 ? 0 : 1;
}

async function soak(seconds: number, rate: number): Promise<Section> {
  const clients = Math.max(200, Math.ceil((seconds * rate) / perClient));
  say(`${clients} clients, ${rate} syncs a second for ${Math.round(seconds)} s`);
  const store = await filledPostgres({ members: clients, teams: 10, days: 2, signedIn: clients });
  const servers = await startServers(store.args, processes);
  let [mostLeaders, looks, without, over] = [0, 0, 0, false];
  const looking = (async () => {
    for (; !over; await pause(lookEveryMs)) {
      const leaders = await servers.leaders();
      mostLeaders = Math.max(mostLeaders, leaders);
      looks++;
      if (leaders === 0) without++;
    }
  })();
  const killing = (async () => {
    for (let next = performance.now() + killEveryMs; !over; await pause(100)) {
      if (performance.now() < next) continue;
      next += killEveryMs;
      await servers.killOne();
      say(`${servers.kills} killed`);
    }
  })();
  const told = await letClientsSync({
    clients,
    rate,
    seconds,
    addresses: () => servers.alive.map(({ address }) => address),
  });
  over = true;
  await Promise.all([looking, killing]);
  const url = store.args[1] ?? '';
  const lost = await lostIn(url, told.acknowledged);
  const leaderships = await countLeaderships(url);
  await servers.end();
  await store.end();
  const leaders = { mostLeaders, leaderships, leaderless: without / looks };
  return sectionOf(told, {
    rate,
    due: Math.ceil((seconds * 1000) / killEveryMs) - 1,
    lost,
    kills: servers.kills,
    ...leaders,
  });
}

async function countLeaderships(url: string): Promise<number> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ epoch: string }>('SELECT epoch FROM leadership');
  await client.end();
  return Number(rows[0]?.epoch ?? 0);
}

interface Seen {
  readonly rate: number;
  /** How many were to be killed. */
  readonly due: number;
  readonly lost: readonly string[];
  readonly mostLeaders: number;
  readonly leaderships: number;
  readonly kills: number;
  readonly leaderless: number;
}

function sectionOf({ syncs, seconds, retries, failures, acknowledged }: Told, seen: Seen): Section {
  const { rate, due, lost, mostLeaders, leaderships, kills, leaderless } = seen;
  const failed = failures.length / syncs;
  const targets: Target[] = [
    {
      text: 'under 0.1 % of syncs fail after they were tried again',
      measured: `${failures.length} of ${syncs.toLocaleString('en')}`,
      met: failed < mostFailed,
    },
    { text: 'no acknowledged cell is lost', measured: `${lost.length} lost`, met: lost.length === 0 },
    {
      text: `${rate} syncs a second, and a process killed every ${killEveryMs / 1000} seconds`,
      measured: `${(syncs / seconds).toFixed(0)}/s, ${kills} killed`,
      met: syncs / seconds >= rate * leastRate && kills >= due,
    },
    { text: 'one leader at any time', measured: `${mostLeaders} at most`, met: mostLeaders === 1 },
  ];
  return {
    title: `${processes} processes, of which one is killed every 30 seconds`,
    about: ['Whoever is not answered asks another process, as a load balancer would.'],
    head: ['syncs', 'tried again', 'clients', 'killed', 'leaderships', 'looks without a leader'],
    rows: [[syncs, retries, acknowledged.size, kills, leaderships, `${(leaderless * 100).toFixed(1)} %`].map(String)],
    targets,
    failures: [...lost.slice(0, 10), ...(failed < mostFailed ? [] : new Set(failures))].slice(0, 20),
  };
}

function herds(): Section {
  const clients = 10_000;
  const all = outages().map((outage) => ({ outage, herd: herdAfter(outage, clients) }));
  const worst = Math.max(...all.map(({ herd }) => herd.most / herd.mean));
  return {
    title: `${clients.toLocaleString('en')} clients after an outage`,
    about: [
      'Outages that are lived through by the functions by which clients decide when to come.',
      'Arrivals in ten seconds: the mean of the quarter of an hour in which all are back, and the most within an hour.',
    ],
    head: ['outage', 'board', 'told to wait', 'when all is well', 'mean', 'most', 'most / mean'],
    rows: all.map(({ outage, herd }) => [
      inWords(outage.seconds),
      outage.cadence,
      outage.retryAfterSec === 0 ? '' : inWords(outage.retryAfterSec),
      herd.usual.toFixed(0),
      herd.mean.toFixed(0),
      String(herd.most),
      (herd.most / herd.mean).toFixed(2),
    ]),
    targets: [
      {
        text: 'arrivals stay under twice the mean per 10 s after each of them',
        measured: `${worst.toFixed(2)} times at most`,
        met: worst < 2,
      },
    ],
    failures: [],
  };
}

function inWords(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${seconds / 60} min`;
  return seconds < 86_400 ? `${seconds / 3600} h` : `${seconds / 86_400} days`;
}

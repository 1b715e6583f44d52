import type { UsageEvent } from '../usage/usage-event.ts';
import { field, type Json, text, time } from './json.ts';
import { dataFolders, foldersNamed, slashed } from './paths.ts';
import { type PiPlace, piRequest, usageShape } from './pi-messages.ts';
import type { Shape } from './pick.ts';
import { type LogFile, type LogPlace, type Machine, reader } from './reader.ts';

interface PiCarry {
  place: PiPlace;
  /** The session whose folder holds this one's file: a subagent works for it. */
  readonly parent?: string | undefined;
}

const shape: Shape = {
  type: true,
  id: true,
  timestamp: true,
  cwd: true,
  provider: true,
  modelId: true,
  model: true,
  usage: usageShape,
  message: { role: true, timestamp: true, model: true, provider: true, usage: usageShape },
};

/** The folders of pi and of the tools that came from it and kept its sessions' format. */
const relatives = ['.pi', '.omp', '.senpi', '.omo', '.gjc'];
/** Variables that name another folder for one of them, or for its sessions alone. */
const agentFolders = [
  'PI_AGENT_DIR',
  'PI_CODING_AGENT_DIR',
  'SENPI_CODING_AGENT_DIR',
  'OMO_CODING_AGENT_DIR',
  'KIMCHI_CODING_AGENT_DIR',
  'GJC_CODING_AGENT_DIR',
];
const sessionFolders = [
  'PI_CODING_AGENT_SESSION_DIR',
  'SENPI_CODING_AGENT_SESSION_DIR',
  'OMO_CODING_AGENT_SESSION_DIR',
];

/** pi, Oh My Pi, Senpi, Gajae Code and Kimchi: a line an entry of a session's tree, of which a fork takes a copy along. */
export const pi = reader<PiCarry, never, never>({
  id: 'pi',
  title: 'pi',
  version: 1,
  evidence: 'log',
  note: 'Exact as told by the provider; Oh My Pi, Senpi, Gajae Code and Kimchi are counted as pi.',
  logs,
  lines: { shape, start, line },
});

function logs(machine: Machine): readonly LogPlace[] {
  const { env, platform } = machine;
  const { home, xdg } = dataFolders(machine);
  const named = (names: readonly string[]) => names.flatMap((name) => foldersNamed(env[name], machine));
  const folders = [
    ...relatives.map((folder) => `${home}/${folder}/agent/sessions`),
    `${home}/.config/kimchi/harness/sessions`,
    `${xdg}/gjc/sessions`,
    ...named(agentFolders).map((folder) => `${slashed(folder, platform)}/sessions`),
    ...named(sessionFolders),
  ];
  return [...new Set(folders)].map((dir) => ({ dir, files: /\.jsonl$/, kind: 'lines', depth: 3 }));
}

function start({ relativePath }: LogFile): PiCarry {
  const [name = '', folder = ''] = relativePath
    .replace(/\.jsonl$/, '')
    .split('/')
    .reverse();
  const parent = /^\d{4}-\d\d-\d\dT[^_]*_(.+)$/.exec(folder)?.[1];
  return { place: { session: sessionOf(name), project: undefined }, parent };
}

function* line(value: Json, carry: PiCarry): Iterable<UsageEvent> {
  const type = field(value, 'type');
  const { place, parent } = carry;
  if (type === 'session') {
    const own = text(field(value, 'id')) ?? place.session;
    carry.place = {
      session: parent ?? own,
      subagent: parent === undefined ? undefined : true,
      agent: parent === undefined ? undefined : own,
      project: text(field(value, 'cwd')),
      begun: time(field(value, 'timestamp')),
      model: text(field(value, 'modelId')),
      provider: text(field(value, 'provider')),
    };
  } else if (type === 'model_change') {
    const model = text(field(value, 'modelId')) ?? text(field(value, 'model'));
    carry.place = { ...place, model, provider: text(field(value, 'provider')) };
  } else {
    const request = piRequest('pi', value, place);
    if (request === undefined) return;
    carry.place = { ...place, model: request.model, provider: request.provider };
    yield request;
  }
}

/** Files are named by date and session: `2026-02-11T08-28-22-517Z_019c…`. */
function sessionOf(name: string): string {
  return name.slice(name.indexOf('_') + 1);
}

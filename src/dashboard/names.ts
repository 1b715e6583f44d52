import type { Ledger } from '../ledger/ledger.ts';
import { normalModelId } from '../usage/model-id.ts';
import type { ToolId } from '../usage/tool-id.ts';

/** A series of the ledger: what decides the price of its requests. */
export interface SeriesName {
  readonly tool: ToolId;
  readonly provider: string;
  /** As logged. */
  readonly model: string;
  readonly tier: string;
  readonly estimated: boolean;
  /** Index of its normalised id in `models`. */
  readonly modelIndex: number;
}

/** A session of a tool; the same id in two tools is two sessions. */
export interface SessionName {
  readonly tool: ToolId;
  readonly session: string;
}

/** A branch of a project folder. */
export interface BranchName {
  readonly project: string;
  readonly branch: string;
}

/** The names behind the ids of series and origins, each kind numbered from 0 in the order of its first sight. */
export interface Names {
  /** By the ledger's id; ids may have gaps. */
  readonly series: readonly (SeriesName | undefined)[];
  readonly tools: readonly ToolId[];
  /** Normalised ids. */
  readonly models: readonly string[];
  readonly sessions: readonly SessionName[];
  readonly projects: readonly string[];
  readonly branches: readonly BranchName[];
  /** By the ledger's id of an origin: indices into the lists above. */
  readonly toolOf: readonly number[];
  readonly sessionOf: readonly number[];
  readonly projectOf: readonly number[];
  readonly branchOf: readonly number[];
  /** By the ledger's id of an origin: 0 for the session itself, else a subagent; 1 for one without a name. */
  readonly agentOf: readonly number[];
  /** Names of subagents; the first two stand for none and for the unnamed. */
  readonly agents: readonly string[];
  /** Reads what was added since. False where ids now mean something else, so that all is to be loaded anew. */
  update(ledger: Ledger): boolean;
}

const seriesColumns = 'tool, provider, model, tier, estimated';
const originColumns = 'tool, session, project, branch, subagent, agent';
type OriginRow = readonly [number, ToolId, string, string, string, number, string];

interface Index<Name> {
  readonly list: Name[];
  indexOf(key: string, name: Name): number;
}

/** Names that are still to be read. */
export function newNames(): Names {
  const series: (SeriesName | undefined)[] = [];
  const tools = index<ToolId>();
  const models = index<string>();
  const sessions = index<SessionName>();
  const projects = index<string>();
  const branches = index<BranchName>();
  const agents = index<string>();
  agents.indexOf(' none', '');
  agents.indexOf(' unnamed', '');
  const toolOf: number[] = [];
  const sessionOf: number[] = [];
  const projectOf: number[] = [];
  const branchOf: number[] = [];
  const agentOf: number[] = [];
  const last = { series: { id: 0, text: '' }, origin: { id: 0, text: '' } };

  /** Ids are used again only from the highest one down, so as long as that one means the same, all do. */
  function isSame({ database }: Ledger, table: 'series' | 'origin'): boolean {
    const { id, text } = last[table];
    if (id === 0) return true;
    const row = database.prepare(`SELECT * FROM ${table} WHERE id = ?`).get(id);
    return row !== undefined && JSON.stringify(row) === text;
  }

  /** Rows as lists of the columns: there may be very many. */
  function fresh({ database }: Ledger, table: 'series' | 'origin', columns: string): readonly (readonly unknown[])[] {
    const select = database.prepare(`SELECT id, ${columns} FROM ${table} WHERE id > ? ORDER BY id`);
    select.setReturnArrays(true);
    const rows = select.all(last[table].id) as unknown as readonly (readonly unknown[])[];
    const id = Number(rows.at(-1)?.[0] ?? 0);
    const row = id === 0 ? undefined : database.prepare(`SELECT * FROM ${table} WHERE id = ?`).get(id);
    if (row !== undefined) last[table] = { id, text: JSON.stringify(row) };
    return rows;
  }

  return {
    series,
    tools: tools.list,
    models: models.list,
    sessions: sessions.list,
    projects: projects.list,
    branches: branches.list,
    agents: agents.list,
    toolOf,
    sessionOf,
    projectOf,
    branchOf,
    agentOf,
    update(ledger) {
      if (!isSame(ledger, 'series') || !isSame(ledger, 'origin')) return false;
      for (const [id, tool, provider, model, tier, estimated] of fresh(ledger, 'series', seriesColumns)) {
        const normal = normalModelId(String(model));
        series[Number(id)] = {
          tool: tool as ToolId,
          provider: String(provider),
          model: String(model),
          tier: String(tier),
          estimated: estimated === 1,
          modelIndex: models.indexOf(normal, normal),
        };
      }
      for (const row of fresh(ledger, 'origin', originColumns)) {
        const [id, tool, session, project, branch, subagent, agent] = row as OriginRow;
        toolOf[id] = tools.indexOf(tool, tool);
        sessionOf[id] = sessions.indexOf(`${tool}\0${session}`, { tool, session });
        projectOf[id] = projects.indexOf(project, project);
        branchOf[id] = branches.indexOf(`${project}\0${branch}`, { project, branch });
        agentOf[id] = subagent !== 1 ? 0 : agent === '' ? 1 : agents.indexOf(agent, agent);
      }
      return true;
    },
  };
}

function index<Name>(): Index<Name> {
  const list: Name[] = [];
  const known = new Map<string, number>();
  return {
    list,
    indexOf(key, name) {
      let found = known.get(key);
      if (found === undefined) {
        found = list.push(name) - 1;
        known.set(key, found);
      }
      return found;
    },
  };
}

import type { ToolId } from '../usage/tool-id.ts';
import type { KeyedEvent, Origin, Series } from './batch.ts';
import { compareTexts, type NameOrder } from './merge.ts';

/** Longer names are a broken log's, and are cut. */
const longestName = 200;
const longestPath = 4096;

/** The names in a batch: rows hold their places in lists. */
export interface BatchNames extends NameOrder {
  readonly allSeries: readonly Series[];
  readonly allOrigins: readonly Origin[];
  seriesId(event: KeyedEvent, tool: ToolId): number;
  originId(event: KeyedEvent, tool: ToolId): number;
}

export function batchNames(): BatchNames {
  const series: Series[] = [];
  const origins: Origin[] = [];
  const seriesTexts: string[] = [];
  const originTexts: string[] = [];
  const seriesIds = new Map<string, number>();
  const originIds = new Map<string, number>();
  let lastSeries: KeyedEvent | undefined;
  let lastSeriesId = 0;
  let lastSeriesTool: ToolId | undefined;
  let lastOrigin: KeyedEvent | undefined;
  let lastOriginId = 0;
  let lastOriginTool: ToolId | undefined;

  function findSeries(event: KeyedEvent, tool: ToolId): number {
    const { estimated = false } = event;
    const [provider, model, tier] = [event.provider, event.model, event.tier].map(nameOf) as [string, string, string];
    const text = `${tool}\0${provider}\0${model}\0${tier}\0${estimated}`;
    let id = seriesIds.get(text);
    if (id === undefined) {
      id = series.push({ tool, provider, model, tier, estimated }) - 1;
      seriesTexts.push(text);
      seriesIds.set(text, id);
    }
    return id;
  }

  function findOrigin(event: KeyedEvent, tool: ToolId): number {
    const { subagent = false } = event;
    const [session, branch, agent] = [event.session, event.branch, event.agent].map(nameOf) as [string, string, string];
    const project = (event.project ?? '').slice(0, longestPath);
    const text = `${tool}\0${session}\0${project}\0${branch}\0${subagent}\0${agent}`;
    let id = originIds.get(text);
    if (id === undefined) {
      id = origins.push({ tool, session, project, branch, subagent, agent }) - 1;
      originTexts.push(text);
      originIds.set(text, id);
    }
    return id;
  }

  // Requests that follow each other mostly have the same names, so those of the last one are compared first.
  return {
    allSeries: series,
    allOrigins: origins,
    series: (a, b) => compareTexts(seriesTexts[a], seriesTexts[b]),
    origin: (a, b) => compareTexts(originTexts[a], originTexts[b]),
    seriesId(event, tool) {
      if (lastSeries === undefined || tool !== lastSeriesTool || !sameSeries(lastSeries, event)) {
        lastSeriesId = findSeries(event, tool);
        lastSeries = event;
        lastSeriesTool = tool;
      }
      return lastSeriesId;
    },
    originId(event, tool) {
      if (lastOrigin === undefined || tool !== lastOriginTool || !sameOrigin(lastOrigin, event)) {
        lastOriginId = findOrigin(event, tool);
        lastOrigin = event;
        lastOriginTool = tool;
      }
      return lastOriginId;
    },
  };
}

function nameOf(name = ''): string {
  return name.length > longestName ? name.slice(0, longestName) : name;
}

function sameSeries(a: KeyedEvent, b: KeyedEvent): boolean {
  return a.model === b.model && a.provider === b.provider && a.tier === b.tier && a.estimated === b.estimated;
}

function sameOrigin(a: KeyedEvent, b: KeyedEvent): boolean {
  return (
    a.session === b.session &&
    a.project === b.project &&
    a.branch === b.branch &&
    a.subagent === b.subagent &&
    a.agent === b.agent
  );
}

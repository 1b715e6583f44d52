import { activeQuarters } from '../stats/active-time.ts';
import { EVENTS, TOKENS } from './cube.ts';
import { type Figures, selected } from './figures.ts';
import type { Names } from './names.ts';
import type { Filter } from './protocol/scope.ts';
import type { ListKind } from './protocol/sessions.ts';
import { type Selection, visit } from './selection.ts';
import type { QuarterSpan } from './spans.ts';
import { addTo, type SumTable, sumTable } from './sum-table.ts';

/** The rows of a list before any is sorted, searched or shown, by number. */
export interface ListGroups {
  readonly kind: ListKind;
  readonly count: number;
  /** By number: index of the session, project or branch. */
  readonly names: readonly number[];
  readonly sums: SumTable;
  /** First and last quarter with a request. */
  readonly first: readonly number[];
  readonly last: readonly number[];
  /** Quarters of an hour that were worked in. */
  readonly active: readonly number[];
  /** The origins that are in it, by the ledger's ids. */
  readonly origins: readonly (readonly number[])[];
  /** Tokens by origin. */
  readonly originTokens: Float64Array;
  /** By origin: index of its first model, -1 where it is in no group. */
  readonly firstModel: Int32Array;
  /** By origin the tokens of its further models, of which few have any. */
  readonly moreModels: ReadonlyMap<number, ReadonlyMap<number, number>>;
}

/** All groups of a list in a span, made once for as long as nothing changes. */
export function listGroups(figures: Figures, kind: ListKind, span: QuarterSpan, filter: Filter): ListGroups {
  const name = `list ${kind} ${span.fromQuarter} ${span.toQuarter} ${JSON.stringify(filter)}`;
  return figures.remembered(name, () => groupsIn(figures, kind, span, selected(figures, filter)));
}

/** The index by origin of what a list has a row for. */
export function groupIndex(names: Names, kind: ListKind): readonly number[] {
  return kind === 'sessions' ? names.sessionOf : kind === 'projects' ? names.projectOf : names.branchOf;
}

/** The groups of what is selected. */
export function groupsIn(figures: Figures, kind: ListKind, span: QuarterSpan, selection: Selection): ListGroups {
  const { cube, names } = figures;
  const indexOf = groupIndex(names, kind);
  const numbers = new Map<number, number>();
  const first: number[] = [];
  const last: number[] = [];
  const active: number[] = [];
  const origins: number[][] = [];
  const originTokens = new Float64Array(names.toolOf.length);
  const firstModel = new Int32Array(names.toolOf.length).fill(-1);
  const moreModels = new Map<number, Map<number, number>>();
  const most = { sessions: names.sessions, projects: names.projects, branches: names.branches }[kind].length;
  const sums = sumTable(most);
  visit(cube, span, selection, (quarter, series, origin, rows, place) => {
    if ((rows[place + EVENTS] as number) <= 0) return;
    const index = indexOf[origin] as number;
    let number = numbers.get(index);
    if (number === undefined) {
      number = numbers.size;
      numbers.set(index, number);
      first.push(quarter);
      last.push(quarter);
      active.push(activeQuarters(undefined, quarter));
      origins.push([]);
    } else if (last[number] !== quarter) {
      active[number] = (active[number] as number) + activeQuarters(last[number], quarter);
      last[number] = quarter;
    }
    addTo(sums, number, rows, place);
    const tokens = rows[place + TOKENS] as number;
    originTokens[origin] = (originTokens[origin] as number) + tokens;
    const model = names.series[series]?.modelIndex ?? 0;
    if (firstModel[origin] === -1) {
      firstModel[origin] = model;
      origins[number]?.push(origin);
    } else if (firstModel[origin] !== model) {
      const models = moreModels.get(origin) ?? new Map<number, number>();
      moreModels.set(origin, models.set(model, (models.get(model) ?? 0) + tokens));
    }
  });
  return {
    kind,
    count: numbers.size,
    names: [...numbers.keys()],
    sums: { groups: numbers.size, data: sums.data },
    first,
    last,
    active,
    origins,
    originTokens,
    firstModel,
    moreModels,
  };
}

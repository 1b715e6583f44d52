import { type Cube, type DayBlock, firstFrom, KEYS, ORIGIN, QUARTER, quartersADay, SERIES, WIDTH } from './cube.ts';
import type { Names } from './names.ts';
import type { Places } from './places.ts';
import type { Filter } from './protocol/scope.ts';
import type { DashboardSettings } from './protocol/settings.ts';
import type { QuarterSpan } from './spans.ts';

/** Which series and origins count, by the ledger's ids. */
export interface Selection {
  readonly series: Uint8Array;
  readonly origins: Uint8Array;
}

/** Told of every row that counts: its keys, and where its sums begin. */
export type RowVisitor = (quarter: number, series: number, origin: number, sums: Float64Array, place: number) => void;

/** What passes a filter and is not left out by the settings, which name tools and may leave out estimates. */
export function selectionOf(
  names: Names,
  places: Places,
  filter: Filter,
  { withoutTools, estimates }: Pick<DashboardSettings, 'withoutTools' | 'estimates'>,
): Selection {
  const tool = namesPass(names.tools, filter.tools);
  for (const [index, name] of names.tools.entries()) if (withoutTools.includes(name)) tool[index] = 0;
  const model = namesPass(names.models, filter.models);
  const project = namesPass(names.projects, filter.projects);
  const branch = namesPass(
    names.branches.map((one) => one.branch),
    filter.branches,
  );
  const account = namesPass(places.accounts, filter.accounts);
  const series = new Uint8Array(names.series.length);
  names.series.forEach((one, id) => {
    if (one !== undefined && (estimates || !one.estimated)) series[id] = model[one.modelIndex] as number;
  });
  const origins = new Uint8Array(names.toolOf.length);
  names.toolOf.forEach((ofTool, id) => {
    const ofProject = names.projectOf[id] as number;
    const ofAccount = account[places.accountOf[ofProject] as number] as number;
    const ofBranch = branch[names.branchOf[id] as number] as number;
    origins[id] = (tool[ofTool] as number) & (project[ofProject] as number) & ofBranch & ofAccount;
  });
  return { series, origins };
}

/** Goes through the rows of a span that count, in order of time. */
export function visit(cube: Cube, span: QuarterSpan, { series, origins }: Selection, row: RowVisitor): void {
  const { blocks } = cube;
  const lastDay = Math.floor((span.toQuarter - 1) / quartersADay);
  for (let index = firstFrom(blocks, Math.floor(span.fromQuarter / quartersADay)); index < blocks.length; index++) {
    const { day, keys, sums, rows } = blocks[index] as DayBlock;
    if (day > lastDay) return;
    for (let i = 0; i < rows; i++) {
      const key = i * KEYS;
      const quarter = keys[key + QUARTER] as number;
      if (quarter < span.fromQuarter || quarter >= span.toQuarter) continue;
      const ofSeries = keys[key + SERIES] as number;
      const ofOrigin = keys[key + ORIGIN] as number;
      if (series[ofSeries] === 1 && origins[ofOrigin] === 1) row(quarter, ofSeries, ofOrigin, sums, i * WIDTH);
    }
  }
}

function namesPass(names: readonly string[], wanted: readonly string[] | undefined): Uint8Array {
  if (wanted === undefined || wanted.length === 0) return new Uint8Array(names.length).fill(1);
  const set = new Set(wanted);
  return Uint8Array.from(names, (name) => (set.has(name) ? 1 : 0));
}

import { type MetricId, organisationBoard, type WindowId } from '../../team/protocol/terms.ts';
import { type BoardView, windowsFor } from './board-view.ts';
import { type Html, html } from './html.ts';
import { metricTitles, windowTitles } from './words.ts';

interface Chosen {
  readonly board: number;
  readonly window: WindowId;
  readonly metric: MetricId;
}

/** The address of a board's page. */
export function boardPath(path: string, { board, window, metric }: Chosen, more = ''): string {
  return `${path}?board=${board}&window=${window}&metric=${metric}${more}`;
}

/** What a board shows: which board, which metric, which days. All of it is links, but for long lists. */
export function controls(path: string, view: BoardView): Html {
  const { info, snapshot } = view;
  const { board, metric, window } = snapshot;
  const chosen: Chosen = { board, metric, window };
  const segment = (to: Chosen, here: boolean, text: string): Html =>
    html`<li><a href="${boardPath(path, to)}"${here ? html` aria-current="true"` : ''}>${text}</a></li>`;
  const windows = windowsFor(info, metric).map((one) =>
    segment({ ...chosen, window: one }, one === window, windowTitles[one]),
  );
  const measured = info.metrics.map((one) => segment({ ...chosen, metric: one }, one === metric, metricTitles[one]));
  return html`<div class="controls">
${lists(path, view)}
${info.metrics.length < 2 ? null : html`<nav aria-label="Metric" class="roomy"><ul class="segments">${measured}</ul></nav>`}
<nav aria-label="Days"><ul class="segments">${windows}</ul></nav>
</div>`;
}

/** Lists for what has many choices: boards, and where there is little room metrics too. */
function lists(path: string, { boards, info, snapshot }: BoardView): Html | null {
  const { board, metric, window } = snapshot;
  if (boards.length < 2 && info.metrics.length < 2) return null;
  const option = (value: string | number, here: boolean, text: string): Html =>
    html`<option value="${value}"${here ? html` selected` : ''}>${text}</option>`;
  const offered = boards.map(({ id, name }) =>
    option(id, id === board, id === organisationBoard && boards.length > 1 ? `All of ${name}` : name),
  );
  const measured = info.metrics.map((one) => option(one, one === metric, metricTitles[one]));
  return html`<form method="get" action="${path}" data-at-once class="lists${boards.length < 2 ? ' scarce' : ''}">
<input type="hidden" name="window" value="${window}">
<span${boards.length < 2 ? html` hidden` : ''}><label class="hidden-text" for="board">Board</label><select id="board" name="board">${offered}</select></span>
<span class="scarce"><label class="hidden-text" for="metric">Metric</label><select id="metric" name="metric">${measured}</select></span>
<button type="submit">Show</button>
</form>`;
}

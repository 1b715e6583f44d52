import { el, svg } from './dom.ts';

export interface HeatmapOptions {
  /** One sentence for screen readers. */
  readonly label: string;
  readonly columns: number;
  readonly rows: number;
  /** Of columns and rows; empty where nothing stands. */
  readonly columnLabels: readonly string[];
  readonly rowLabels: readonly string[];
  /** Undefined where there is no cell. */
  readonly cell: (column: number, row: number) => HeatmapCell | undefined;
  /** Where the walk begins. */
  readonly start: readonly [column: number, row: number];
  readonly largestCell?: number;
}

export interface HeatmapCell {
  readonly level: 0 | 1 | 2 | 3 | 4;
  readonly words: string;
  readonly outlined?: boolean;
}

const labelWidth = 34;
const labelHeight = 16;
const gap = 2;
/** Rows closer to each other have room for every other label. */
const leastLabelStep = 12;

/** A grid of cells in five steps, as wide as its place, that the pointer and the arrow keys walk over. */
export function heatmap() {
  const words = el('div', { class: 'tb-tooltip tb-tooltip-line', 'aria-hidden': 'true', hidden: true });
  const told = el('div', { class: 'tb-hidden-text', role: 'status' });
  const target = el('div', { class: 'tb-heatmap', role: 'img', tabindex: 0, 'data-key': 'heatmap' });
  const element = el('div', { class: 'tb-heatmap-frame' }, target, words, told);
  let shown: HeatmapOptions | undefined;
  let at: readonly [number, number] | undefined;
  let size = 0;

  function draw(): void {
    if (shown === undefined || element.clientWidth === 0) return;
    const { columns, rows, columnLabels, rowLabels, cell, largestCell = 22 } = shown;
    size = Math.max(6, Math.min(largestCell, Math.floor((element.clientWidth - labelWidth) / columns) - gap));
    const step = size + gap;
    const text = (value: string, x: number, y: number) => svg('text', { class: 'tb-heat-label', x, y }, value);
    const cells: SVGElement[] = [];
    for (let column = 0; column < columns; column++) {
      for (let row = 0; row < rows; row++) {
        const one = cell(column, row);
        if (one === undefined) continue;
        const chosen = at?.[0] === column && at[1] === row;
        const more = `${one.outlined === true ? ' tb-heat-now' : ''}${chosen ? ' tb-heat-chosen' : ''}`;
        cells.push(
          svg('rect', {
            class: `tb-heat tb-heat-${one.level}${more}`,
            x: labelWidth + column * step + 0.5,
            y: labelHeight + row * step + 0.5,
            width: size,
            height: size,
            rx: 2,
          }),
        );
      }
    }
    const width = labelWidth + columns * step;
    const height = labelHeight + rows * step;
    target.replaceChildren(
      svg(
        'svg',
        { width, height, viewBox: `0 0 ${width} ${height}`, 'aria-hidden': 'true' },
        ...columnLabels.flatMap((label, i) => (label === '' ? [] : [text(label, labelWidth + i * step, 10)])),
        ...rowLabels.flatMap((label, i) =>
          label === '' || (step < leastLabelStep && i % 2 === 1)
            ? []
            : [text(label, 0, labelHeight + i * step + size / 2 + 4)],
        ),
        ...cells,
      ),
    );
  }

  function goTo(next: readonly [number, number] | undefined, aloud: boolean): void {
    const cell = next === undefined ? undefined : shown?.cell(...next);
    if (next !== undefined && cell === undefined) return;
    at = next;
    draw();
    words.hidden = cell === undefined;
    if (cell === undefined || next === undefined) return;
    words.textContent = cell.words;
    const step = size + gap;
    const middle = labelWidth + next[0] * step + size / 2;
    const left = Math.min(Math.max(0, middle - words.offsetWidth / 2), element.clientWidth - words.offsetWidth);
    const top = labelHeight + next[1] * step - words.offsetHeight - 6;
    words.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
    if (aloud) told.textContent = cell.words;
  }

  target.addEventListener('pointermove', (event) => {
    const { left, top } = target.getBoundingClientRect();
    const step = size + gap;
    const column = Math.floor((event.clientX - left - labelWidth) / step);
    const row = Math.floor((event.clientY - top - labelHeight) / step);
    const inside = column >= 0 && row >= 0 && shown?.cell(column, row) !== undefined;
    if (!inside) goTo(undefined, false);
    else if (at?.[0] !== column || at[1] !== row) goTo([column, row], false);
  });
  target.addEventListener('pointerleave', () => goTo(undefined, false));
  target.addEventListener('blur', () => goTo(undefined, false));
  target.addEventListener('keydown', (event) => {
    if (shown === undefined) return;
    const [column, row] = at ?? shown.start;
    const steps: Readonly<Record<string, readonly [number, number]>> = {
      ArrowLeft: [column - 1, row],
      ArrowRight: [column + 1, row],
      ArrowUp: [column, row - 1],
      ArrowDown: [column, row + 1],
      Home: [0, row],
      End: shown.start,
    };
    const next = steps[event.key];
    if (next !== undefined) {
      event.preventDefault();
      goTo(at === undefined ? shown.start : next, true);
    } else if (event.key === 'Escape' && at !== undefined) {
      event.preventDefault();
      goTo(undefined, false);
    }
  });
  new ResizeObserver(draw).observe(element);

  return {
    element,
    show(next: HeatmapOptions): void {
      shown = next;
      target.setAttribute('aria-label', next.label);
      draw();
    },
  };
}

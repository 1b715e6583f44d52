import { BarController, BarElement, CategoryScale, Chart, LinearScale } from 'chart.js';
import { onThemeChange, themeColors } from './colors.ts';
import { el } from './dom.ts';

Chart.register(BarController, BarElement, CategoryScale, LinearScale);

/** What is drawn; all series have a value for each bin. */
export interface ChartPicture {
  /** Below each bin; empty where nothing stands. The last one is drawn as the present. */
  readonly labels: readonly string[];
  readonly lastIsNow: boolean;
  readonly series: readonly { readonly color: SeriesColor; readonly values: readonly number[] }[];
  readonly stepInWords: (value: number, step: number) => string;
  /** A dotted line. */
  readonly median: number | undefined;
}

export type SeriesColor =
  | 'series-0'
  | 'series-1'
  | 'series-2'
  | 'series-3'
  | 'series-other'
  | 'output'
  | 'cacheWrite'
  | 'input'
  | 'cacheRead';

const seriesColors: readonly SeriesColor[] = [
  ...(['series-0', 'series-1', 'series-2', 'series-3', 'series-other'] as const),
  ...(['output', 'cacheWrite', 'input', 'cacheRead'] as const),
];
const lineColors = ['page', 'grid', 'muted', 'strong', 'outline', 'hover', 'line'] as const;
/** Labels on the axis stand at least this far apart, in pixels. */
const labelRoom = 66;

/** Stacked bars over time on a canvas, without any behaviour of their own. */
export function timeChart(canvas: HTMLCanvasElement) {
  let picture: ChartPicture | undefined;
  let colors = themeColors([...seriesColors, ...lineColors]);
  let active: number | undefined;
  const chart = new Chart<'bar', number[], string>(canvas, {
    type: 'bar',
    data: { labels: [], datasets: [] },
    options: {
      animation: false,
      events: [],
      responsive: true,
      maintainAspectRatio: false,
      layout: { padding: { top: 6 } },
      scales: {
        x: {
          stacked: true,
          grid: { display: false },
          border: {},
          ticks: {
            autoSkip: false,
            maxRotation: 0,
            padding: 4,
            color: ({ index }) => (picture?.lastIsNow === true && index === count() - 1 ? colors.strong : colors.muted),
            callback: (_, index) => labelAt(index),
          },
        },
        y: {
          stacked: true,
          position: 'right',
          border: { display: false },
          grid: { color: () => colors.grid, drawTicks: false },
          ticks: { color: () => colors.muted, padding: 8 },
        },
      },
    },
    plugins: [
      {
        id: 'marks',
        beforeDatasetsDraw: ({ ctx, chartArea, scales }) => {
          if (active === undefined || scales.x === undefined) return;
          const wide = chartArea.width / Math.max(1, count());
          ctx.fillStyle = colors.grid;
          ctx.fillRect(chartArea.left + active * wide, chartArea.top, wide, chartArea.height);
        },
        afterDatasetsDraw: ({ ctx, chartArea, scales }) => {
          const { median } = picture ?? {};
          if (median === undefined || scales.y === undefined) return;
          const y = Math.round(scales.y.getPixelForValue(median)) + 0.5;
          ctx.save();
          ctx.strokeStyle = colors.muted;
          ctx.setLineDash([2, 3]);
          ctx.beginPath();
          ctx.moveTo(chartArea.left, y);
          ctx.lineTo(chartArea.right, y);
          ctx.stroke();
          ctx.restore();
        },
      },
    ],
  });

  function count(): number {
    return picture?.labels.length ?? 0;
  }

  /** Labels that would touch the one of the present, or each other, are left out. */
  function labelAt(index: number): string {
    const labels = picture?.labels ?? [];
    const label = labels[index] ?? '';
    if (label === '') return '';
    const step = chart.chartArea === undefined ? 30 : chart.chartArea.width / Math.max(1, labels.length);
    const last = labels.length - 1;
    if (picture?.lastIsNow === true && index !== last && (last - index) * step < labelRoom) return '';
    const marked = labels.flatMap((text, i) => (text === '' ? [] : [i]));
    const gap = marked.length < 3 ? labels.length : ((marked.at(-2) ?? 0) - (marked[0] ?? 0)) / (marked.length - 2);
    const each = Math.max(1, Math.ceil(labelRoom / (gap * step)));
    return index === last || marked.indexOf(index) % each === 0 ? label : '';
  }

  function show(next: ChartPicture): void {
    picture = next;
    const top = Math.max(0, ...next.labels.map((_, bin) => sumAt(next, bin)), next.median ?? 0);
    const step = roundStep(top);
    const narrow = canvas.clientWidth < 500;
    const contrast = document.body.classList.contains('vscode-high-contrast');
    const font = { family: getComputedStyle(document.body).fontFamily, size: 11 };
    chart.data.labels = [...next.labels];
    chart.data.datasets = next.series.map(({ color, values }, order) => ({
      data: [...values],
      backgroundColor: colors[color],
      hoverBackgroundColor: colors[color],
      borderColor: contrast ? colors.outline : colors.page,
      borderWidth: contrast ? 1 : { top: 1, left: 0, right: 0, bottom: 0 },
      borderSkipped: false,
      borderRadius: ({ dataIndex }: { readonly dataIndex: number }) =>
        next.series.slice(order + 1).some((above) => (above.values[dataIndex] ?? 0) > 0)
          ? 0
          : { topLeft: 2, topRight: 2, bottomLeft: 0, bottomRight: 0 },
      barPercentage: narrow ? 0.7 : 0.62,
      categoryPercentage: 1,
    }));
    const { x, y } = chart.options.scales ?? {};
    if (x?.border !== undefined) x.border.color = colors.outline;
    if (x?.ticks !== undefined) x.ticks.font = font;
    if (y?.ticks !== undefined) {
      y.ticks.font = font;
      y.ticks.callback = (value) => next.stepInWords(Number(value), step);
      Object.assign(y.ticks, { stepSize: step });
      Object.assign(y, { min: 0, max: Math.max(step * Math.ceil(top / step), step) });
    }
    chart.update('none');
  }

  onThemeChange(() => {
    colors = themeColors([...seriesColors, ...lineColors]);
    if (picture !== undefined) show(picture);
  });

  return {
    show,
    /** Marks a bin, or none. */
    mark(bin: number | undefined): void {
      if (bin === active) return;
      active = bin;
      chart.draw();
    },
    /** The bin at a distance from the canvas' left edge, and where a bin's middle is; undefined beside the bars. */
    binAt(x: number): number | undefined {
      const { left, right, width } = chart.chartArea;
      return x < left || x >= right ? undefined : Math.floor(((x - left) / width) * count());
    },
    middleOf(bin: number): number {
      const { left, width } = chart.chartArea;
      return left + ((bin + 0.5) * width) / Math.max(1, count());
    },
    width: () => canvas.clientWidth,
    color: (name: SeriesColor) => colors[name],
    colors: () => colors,
  };
}

export type TimeChart = ReturnType<typeof timeChart>;

/** A canvas for a chart, in a box that gives it its size. */
export function chartBox(): { readonly box: HTMLElement; readonly canvas: HTMLCanvasElement } {
  const canvas = el('canvas', { class: 'tb-canvas', 'aria-hidden': 'true' });
  return { box: el('div', { class: 'tb-canvas-box' }, canvas), canvas };
}

/** Three to four steps of 1, 2, 2.5 or 5 at a power of ten. */
export function roundStep(top: number): number {
  if (top <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(top / 3));
  const steps = [1, 2, 2.5, 5, 10, 20].map((factor) => factor * power);
  return steps.find((step) => Math.ceil(top / step) <= 4) ?? power * 10;
}

function sumAt({ series }: ChartPicture, bin: number): number {
  return series.reduce((sum, { values }) => sum + (values[bin] ?? 0), 0);
}

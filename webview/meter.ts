import { svg } from './dom.ts';

export interface MeterOptions {
  /** What a screen reader says: `Codex 5 h: 62 % used`. */
  readonly label: string;
  /** How full it is, 0 to 1; more is drawn as full. */
  readonly share: number;
  /** A mark at the share of the time that has passed, 0 to 1. */
  readonly mark?: number | undefined;
  readonly level?: 'quiet' | 'near' | 'over';
  /** Cuts in the fill, 0 to 1: what was reached before. */
  readonly notches?: readonly number[];
}

const middle = 8;
const thick = 6;

/** A bar that shows how much of something is used. Widths are attributes, since a strict policy allows no inline styles. */
export function meter({ label, share, mark, level = 'quiet', notches = [] }: MeterOptions): SVGSVGElement {
  const bar = (name: string, width: string) =>
    svg('rect', { class: name, y: middle - thick / 2, width, height: thick, rx: 3 });
  const cut = (name: string, at: number, width: number, height: number) =>
    svg('rect', {
      class: name,
      x: percent(at),
      y: middle - height / 2,
      width,
      height,
      transform: `translate(${-width / 2} 0)`,
    });
  return svg(
    'svg',
    { class: `tb-meter tb-meter-${level}`, role: 'img', 'aria-label': label },
    bar('tb-meter-track', '100%'),
    share > 0 ? bar('tb-meter-fill', percent(share)) : undefined,
    ...notches.map((at) => cut('tb-meter-halo', at, 2, thick)),
    ...(mark === undefined ? [] : [cut('tb-meter-halo', mark, 6, 14), cut('tb-meter-mark', mark, 2, 14)]),
  );
}

function percent(share: number): string {
  return `${(Math.min(1, Math.max(0, share)) * 100).toFixed(2)}%`;
}

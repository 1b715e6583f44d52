import { swatch } from './composition.ts';
import { el } from './dom.ts';

export interface TooltipRow {
  /** A class that fills its swatch. */
  readonly className: string;
  readonly title: string;
  readonly value: string;
}

/** The box that tells a bin's figures, beside the bin. */
export function chartTooltip() {
  const element = el('div', { class: 'tb-tooltip', hidden: true });

  return {
    element,
    hide(): void {
      element.hidden = true;
    },
    /** `x` is the bin's middle, `half` half its width, in pixels of a box of this width; `leftIsEmptier` says where to. */
    show(
      head: { readonly title: string; readonly total: string },
      rows: readonly TooltipRow[],
      place: { readonly x: number; readonly half: number; readonly width: number; readonly leftIsEmptier: boolean },
    ): void {
      element.replaceChildren(
        el('div', { class: 'tb-tooltip-head' }, el('span', {}, head.title), el('span', {}, head.total)),
        ...rows.map(({ className, title, value }) =>
          el(
            'div',
            { class: 'tb-tooltip-row' },
            swatch(className),
            el('span', { class: 'tb-cut' }, title),
            el('span', {}, value),
          ),
        ),
      );
      element.hidden = false;
      const { x, half, width, leftIsEmptier } = place;
      const own = element.offsetWidth;
      const [left, right] = [x - half - 8 - own, x + half + 8];
      const fitsLeft = left >= 0;
      const fitsRight = right + own <= width;
      const at = fitsLeft && (leftIsEmptier || !fitsRight) ? left : fitsRight ? right : (width - own) / 2;
      element.style.transform = `translateX(${Math.round(Math.max(0, at))}px)`;
    },
  };
}

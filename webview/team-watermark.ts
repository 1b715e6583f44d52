import { svg } from './dom.ts';

let made = 0;

/** The viewer and the snapshot's time, faint and slanted over what they look at. No pointer and no screen reader meets it. */
export function watermark(words: string): SVGSVGElement {
  const id = `watermark-${++made}`;
  const width = words.length * 6.6 + 48;
  return svg(
    'svg',
    { class: 'tb-watermark', 'aria-hidden': 'true', focusable: 'false' },
    svg(
      'defs',
      {},
      svg(
        'pattern',
        { id, width, height: 104, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(-24)' },
        svg('text', { x: 8, y: 30 }, words),
        svg('text', { x: 8 - width / 2, y: 82 }, words),
        svg('text', { x: 8 + width / 2, y: 82 }, words),
      ),
    ),
    svg('rect', { width: '100%', height: '100%', fill: `url(#${id})` }),
  );
}

import type { Amounts } from '../src/dashboard/protocol/amounts.ts';
import { el, svg } from './dom.ts';
import type { Formats } from './formats.ts';
import { t } from './l10n.ts';
import { roundedParts, shownParts, shownShares } from './shown-parts.ts';

type Kind = 'output' | 'cacheWrite' | 'input' | 'cacheRead';

const kinds: readonly Kind[] = ['output', 'cacheWrite', 'input', 'cacheRead'];
const height = 18;
/** The enlarged part takes this share of the width; what is larger already is not drawn again. */
const enlarged = 0.46;

/** What the tokens are made of: a bar, its fresh part enlarged below it, and the figures. */
export function composition(amounts: Amounts, formats: Formats): HTMLElement {
  const names: Readonly<Record<Kind, string>> = {
    output: t('Output'),
    cacheWrite: t('Cache writes'),
    input: t('Input'),
    cacheRead: t('Cache reads'),
  };
  const { tokens, fresh } = amounts;
  const values = kinds.map((kind) => amounts[kind]);
  const shown = shownKinds(amounts, formats);
  const shares = shownShares(tokens, values, formats);
  const label = kinds.map((kind, i) => `${names[kind]} ${shown[i]} (${shares[i]})`).join(', ');
  const enlarge = fresh > 0 && fresh / tokens < enlarged * 0.85;
  return el(
    'div',
    { class: 'tb-composition' },
    el(
      'div',
      { role: 'img', 'aria-label': t('What the tokens are made of: {0}', label) },
      bar(kinds, amounts, tokens, 1),
      ...(enlarge ? enlargement(amounts, formats) : []),
    ),
    el(
      'ul',
      { class: 'tb-kinds' },
      ...kinds.map((kind, i) =>
        el(
          'li',
          { class: 'tb-kind' },
          swatch(`tb-fill-${kind}`),
          el('span', { class: 'tb-muted' }, names[kind]),
          el(
            'span',
            { class: 'tb-kind-figures', title: formats.exact(amounts[kind]) },
            el('span', { class: 'tb-strong' }, shown[i]),
            ' ',
            el('span', { class: 'tb-muted' }, shares[i]),
          ),
        ),
      ),
    ),
  );
}

/** The kinds as they are shown: those that are fresh add up to what is shown as fresh, and all of them to the total. */
function shownKinds(amounts: Amounts, formats: Formats): readonly string[] {
  const { tokens, fresh, output, cacheWrite, input, cacheRead } = amounts;
  const freshParts = roundedParts(fresh, [output, cacheWrite, input], formats.locale);
  const freshShown = freshParts.reduce((sum, part) => sum + part, 0);
  const reads = roundedParts(tokens, [cacheRead], formats.locale, freshShown);
  const all = [...freshParts, ...reads];
  const sum = all.reduce((whole, part) => whole + part, 0);
  // Where they cannot do both, the total comes first.
  return formats.compact(sum) === formats.compact(tokens)
    ? all.map((part) => formats.compact(part))
    : shownParts(tokens, [output, cacheWrite, input, cacheRead], formats);
}

/** A small square in a colour, by a class. */
export function swatch(className: string): SVGSVGElement {
  return svg(
    'svg',
    { class: 'tb-swatch', width: 10, height: 10, 'aria-hidden': 'true' },
    svg('rect', { class: className, width: 10, height: 10, rx: 2 }),
  );
}

function enlargement(amounts: Amounts, formats: Formats): readonly Element[] {
  const share = (amounts.fresh / amounts.tokens) * 100;
  const wide = enlarged * 100;
  return [
    svg(
      'svg',
      { class: 'tb-zoom', viewBox: '0 0 100 10', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
      svg('polygon', { class: 'tb-zoom-fill', points: `0,0 ${share},0 ${wide},10 0,10` }),
      svg('line', { class: 'tb-zoom-line', x1: 0, y1: 0, x2: 0, y2: 10 }),
      svg('line', { class: 'tb-zoom-line', x1: share, y1: 0, x2: wide, y2: 10 }),
    ),
    el(
      'div',
      { class: 'tb-enlarged' },
      bar(['output', 'cacheWrite', 'input'], amounts, amounts.fresh, enlarged),
      el('span', { class: 'tb-enlarged-words' }, t('fresh {0}, enlarged', formats.compact(amounts.fresh))),
    ),
  ];
}

/** Parts beside each other, as wide as they are large; the whole takes a share of the width. */
function bar(parts: readonly Kind[], amounts: Amounts, total: number, share: number): SVGSVGElement {
  let at = 0;
  const rects: SVGElement[] = [];
  const gaps: SVGElement[] = [];
  for (const kind of parts) {
    const width = total === 0 ? 0 : (amounts[kind] / total) * share * 100;
    if (width === 0) continue;
    rects.push(svg('rect', { class: `tb-part tb-fill-${kind}`, x: `${at}%`, width: `${width}%`, height }));
    if (at > 0) gaps.push(svg('rect', { class: 'tb-part-gap', x: `${at}%`, width: 1, height }));
    at += width;
  }
  return svg('svg', { class: 'tb-parts', height, 'aria-hidden': 'true' }, ...rects, ...gaps);
}

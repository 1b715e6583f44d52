import { type Html, html } from './html.ts';

/** The viewer and the snapshot's time, faint and slanted over what they look at. No pointer and no screen reader meets it. */
export function watermark(words: string): Html {
  const width = Math.round([...words].length * 6.6 + 48);
  return html`<svg class="watermark" aria-hidden="true" focusable="false">
<defs><pattern id="watermark" width="${width}" height="104" patternUnits="userSpaceOnUse" patternTransform="rotate(-24)">
<text x="8" y="30">${words}</text><text x="${8 - width / 2}" y="82">${words}</text><text x="${8 + width / 2}" y="82">${words}</text>
</pattern></defs>
<rect width="100%" height="100%" fill="url(#watermark)"></rect>
</svg>`;
}

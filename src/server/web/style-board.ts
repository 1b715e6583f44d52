/** The looks of a board: line 1, controls, figures, charts, tables, badges. */
export const boardStyle = `
.line { display: flex; flex-wrap: wrap; align-items: center; gap: 2px 20px; padding: 8px 16px; border: 1px solid var(--line); border-radius: 6px; }
.line-words { flex: 0 1 auto; min-width: 0; }
.line-acts { display: flex; align-items: center; gap: 14px; margin-left: auto; }
.line-acts a, .line-acts button.link { display: inline-block; min-height: 24px; padding: 2px 0; line-height: 20px; vertical-align: middle; }
.line-more { flex-basis: 100%; font-size: 12px; }
.dot { display: inline-block; width: 8px; height: 8px; margin-right: 8px; border-radius: 50%; background: var(--good); }
.dot.off { background: var(--outline); }

.bar-of-controls { display: flex; flex-wrap: wrap; align-items: center; justify-content: flex-end; gap: 8px 16px; margin: 16px 0 12px; }
.controls { display: flex; flex-wrap: wrap; align-items: center; justify-content: flex-end; gap: 8px; min-width: 0; }
.segments { display: flex; flex-wrap: wrap; border: 1px solid var(--line); border-radius: 4px; list-style: none; }
.segments a { display: block; padding: 3px 10px; border-radius: 3px; color: var(--muted); font-size: 12px; line-height: 20px; white-space: nowrap; }
.segments a:hover { background: var(--soft); text-decoration: none; }
.segments a[aria-current] { background: var(--selected); color: var(--strong); font-weight: 600; }
form.at-once button, .scarce { display: none; }
.controls form:not(.scarce) { display: flex; flex-wrap: wrap; gap: 8px; max-width: 100%; }
.controls select { min-height: 28px; max-width: 220px; padding: 2px 8px; border-color: var(--line); font-size: 12px; }

.board { position: relative; display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 16px; }
.board > .card { margin: 0; }
.card-together, .card-ranking, .card-insights, .card-stand:nth-last-child(2), .board > .wide { grid-column: 1 / -1; }
.watermark { position: absolute; z-index: 2; inset: 0; width: 100%; height: 100%; overflow: hidden; border-radius: 6px; pointer-events: none; }
.watermark text { fill: var(--text); fill-opacity: .07; font-size: 12px; }

.together { display: flex; gap: 16px 32px; }
.total { min-width: 128px; }
.headline { color: var(--strong); font-size: 40px; font-weight: 600; line-height: 44px; letter-spacing: -.022em; }
.headline-none { max-width: 220px; }
.figures { display: grid; flex: 1; grid-template-columns: repeat(4, minmax(0, 1fr)); }
.figures.three { grid-template-columns: repeat(3, minmax(0, 1fr)); margin-bottom: 8px; }
.figure { padding: 0 16px 0 24px; border-left: 1px solid var(--grid); font-size: 12px; line-height: 18px; }
.figures.three .figure { padding: 0 8px 0 16px; }
.card > .figures .figure:first-child { padding-left: 0; border-left: 0; }
.figure dt { color: var(--muted); }
.figure .value { color: var(--strong); font-size: 22px; font-weight: 600; line-height: 28px; }
.formula { margin-top: 16px; padding-top: 12px; border-top: 1px solid var(--grid); font-size: 12px; line-height: 18px; }
.card-ranking .formula { margin: -8px 0 8px; padding: 0; border: 0; }
.formula code { color: var(--muted); }

.histogram { padding-right: 44px; }
.histogram svg { display: block; overflow: visible; }
.histogram .grid { display: inline; stroke: var(--grid); }
.histogram .axis { stroke: var(--outline); }
.axis-text, .median-text { fill: var(--muted); font-size: 11px; }
.bin { fill: var(--others); }
.bin.own { fill: var(--data); }
.median { stroke: var(--text); stroke-dasharray: 2 3; }
.you { stroke: var(--strong); stroke-width: 2px; }
.you-text { fill: var(--strong); font-size: 12px; font-weight: 600; }
.you-dot { fill: var(--strong); stroke: var(--page); stroke-width: 1.5px; }
.fourth { display: none; }
.histogram-foot { display: flex; justify-content: space-between; gap: 16px; margin-top: 4px; color: var(--muted); font-size: 11px; line-height: 16px; }

.bar { display: block; width: 100%; height: 8px; }
.bar .track { fill: var(--track); }
.bar .fill { fill: var(--others); }
.bar .fill.own { fill: var(--data); }
.pill { display: inline-block; padding: 0 6px; border-radius: 3px; background: var(--pill); color: var(--on-pill); font-size: 11px; font-weight: 400; line-height: 17px; }
.chip { display: inline-block; padding: 0 8px; border: 1px solid var(--line); border-radius: 4px; font-size: 11px; line-height: 18px; }

.teams { width: 100%; border-spacing: 0; }
.teams th, .teams td { height: 34px; padding: 2px 0 2px 16px; font-weight: 400; text-align: left; overflow-wrap: anywhere; }
.teams th:first-child { min-width: 120px; padding-left: 0; hyphens: auto; }
.teams thead th, .teams thead td { height: 20px; color: var(--muted); font-size: 11px; overflow-wrap: normal; }
.teams .strong { font-weight: 600; }
.teams .bar-cell { width: 45%; }
.teams .number, .ranking .number { text-align: right; white-space: nowrap; }

.card-ranking { padding-right: 0; padding-left: 0; }
.card-ranking > :not(.ranking) { margin-right: 16px; margin-left: 16px; }
.ranking { width: 100%; border-spacing: 0; }
.ranking th, .ranking td { height: 44px; padding: 3px 12px; border-bottom: 1px solid var(--line); font-weight: 400; text-align: left; }
.ranking thead th, .ranking thead td { height: 28px; color: var(--muted); font-size: 11px; white-space: nowrap; }
.ranking .rank { width: 72px; padding-left: 16px; color: var(--muted); text-align: right; white-space: nowrap; }
.ranking tbody th { min-width: 110px; overflow-wrap: anywhere; }
.ranking .bar-cell { width: 32%; }
.ranking .bar { height: 6px; }
.ranking .badges-cell { width: 118px; }
.ranking .title-cell { width: 22%; }
.badges { display: inline-flex; gap: 4px; vertical-align: middle; }
.badge { display: inline-flex; }
.under { display: none; }
.own-words { display: grid; font-size: 12px; line-height: 17px; }
.chip + .own-words { margin-top: 2px; }
.ranking tr.own > * { position: sticky; z-index: 1; bottom: 0; height: 52px; border-top: 1px solid var(--main); border-bottom-color: var(--main); background: var(--own); }
.ranking tr.own .rank, .ranking tr.own .name, .ranking tr.own .value { color: var(--strong); font-weight: 600; }
.ranking .more td { height: 38px; color: var(--muted); font-size: 12px; text-align: center; }
.board-foot { margin-top: 10px; color: var(--muted); font-size: 12px; line-height: 18px; }
.unlisted { padding: 12px 0; }

.badge { --rim: var(--text); --ink: var(--strong); }
.badge-bronze { --rim: var(--orange); }
.badge-gold { --rim: var(--yellow); }
.badge-platinum { --rim: var(--badge-blue); }
.badge-diamond { --rim: var(--strong); }
.badge-rim { fill: none; stroke: var(--rim); }
.badge-plate { fill: var(--rim); }
.badge-small-bronze { fill-opacity: 0; }
.badge-small-silver { fill-opacity: .14; }
.badge-small-gold { fill-opacity: .34; }
.badge-glyph, .badge-cut { fill: none; stroke: var(--ink); stroke-linecap: round; stroke-linejoin: round; }
.badge-cut { stroke: var(--page); }

@media (max-width: 1100px) {
  .ranking .title-cell { display: none; }
  .under { display: grid; gap: 2px; justify-items: start; }
}
@media (max-width: 900px) {
  .roomy { display: none; }
  .scarce, .controls form.scarce { display: inline-flex; gap: 8px; }
  .board { grid-template-columns: minmax(0, 1fr); gap: 12px; }
  .together { flex-direction: column; }
  .figures { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 16px; }
  .figures .figure { padding: 0; border: 0; }
}
@media (max-width: 600px) {
  .line { padding: 8px 12px; }
  .line-acts { margin-left: 0; }
  .bar-of-controls, .controls { justify-content: flex-start; }
  .figures.three { grid-template-columns: minmax(0, 1fr); gap: 12px; }
  .figures.three .figure { padding: 0; border: 0; }
  .histogram .second { display: none; }
  .ranking .bar-cell, .teams .bar-cell { display: none; }
  .ranking th, .ranking td { padding: 4px 6px; }
  .ranking .rank { width: 40px; padding-left: 12px; }
  .ranking tbody th { min-width: 0; }
  .ranking .badges-cell { width: auto; padding-right: 12px; }
  .badges { gap: 2px; }
  .badge svg { width: 20px; height: 20px; }
}
`;

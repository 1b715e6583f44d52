/** The looks that all pages share, after the system's own light or dark: the editor's own colours in either. */
export const style = `
:root { color-scheme: light dark; font: 14px/1.5 system-ui, -apple-system, 'Segoe UI', sans-serif;
  --page: #ffffff; --text: #3b3b3b; --strong: #1f1f1f; --muted: #616161; --line: #e5e5e5; --grid: #ececec; --track: #efefef;
  --outline: #8a8a8a; --selected: #e4e6f1; --soft: #f8f8f8; --link: #005fb8; --main: #005fb8; --on-main: #ffffff;
  --data: #0063d3; --others: #93bbee; --own: #e2edfa; --pill: #cccccc; --on-pill: #3b3b3b; --good: #2f7d32; --wrong: #a1260d;
  --yellow: #b58900; --orange: #b5562a; --badge-blue: #0a448f; }
@media (prefers-color-scheme: dark) { :root {
  --page: #1f1f1f; --text: #cccccc; --strong: #ffffff; --muted: #a1a1a1; --line: #2f2f2f; --grid: #333333; --track: #2b2b2b;
  --outline: #868686; --selected: #37373d; --soft: #252526; --link: #4daafc; --main: #0078d4; --on-main: #ffffff;
  --data: #59a4f9; --others: #365f92; --own: #262f3b; --pill: #616161; --on-pill: #f8f8f8; --good: #89d185; --wrong: #f88070;
  --yellow: #cca700; --orange: #d18650; --badge-blue: #9fcbff; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font-variant-numeric: tabular-nums; overflow-wrap: break-word; }
h1, h2, h3, p, ul, ol, dl, dd, fieldset, blockquote { margin: 0; padding: 0; border: 0; }
h1 { margin-bottom: 8px; color: var(--strong); font-size: 28px; font-weight: 600; line-height: 32px; letter-spacing: -.01em; }
h2 { color: var(--strong); font-size: 14px; font-weight: 600; line-height: 22px; }
a { color: var(--link); text-decoration: none; }
a:hover { text-decoration: underline; }
p a, li p a { text-decoration: underline; text-underline-offset: 2px; }
code { font: 12px/1.5 ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace; overflow-wrap: anywhere; }
strong, .strong { color: var(--strong); font-weight: 600; }
.muted { color: var(--muted); }
.small { font-size: 12px; line-height: 18px; }
.cut { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.hidden-text { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
:focus-visible { outline: 2px solid var(--main); outline-offset: 2px; border-radius: 2px; }
main:focus { outline: none; }
.skip { position: absolute; left: 8px; top: -60px; z-index: 3; padding: 8px 12px; border-radius: 4px; background: var(--main); color: var(--on-main); }
.skip:focus { top: 8px; }
main { width: 100%; max-width: 1440px; margin: 0 auto; padding: 24px; }
main.narrow { max-width: 760px; padding-top: 40px; }

.top { display: flex; align-items: stretch; justify-content: space-between; gap: 16px; min-height: 48px; padding: 0 24px; border-bottom: 1px solid var(--line); }
.top nav { min-width: 0; overflow-x: auto; scrollbar-width: none; }
.tabs { display: flex; height: 100%; gap: 4px; list-style: none; }
.tabs a { display: flex; align-items: center; height: 100%; padding: 0 10px; border-bottom: 2px solid transparent; color: var(--muted); white-space: nowrap; }
.tabs li:first-child a { margin-left: -10px; }
.tabs a:hover { color: var(--text); text-decoration: none; }
.tabs a:focus-visible, .segments a:focus-visible { outline-offset: -2px; }
.tabs a[aria-current] { border-bottom-color: var(--main); color: var(--strong); font-weight: 600; }
.top-end { font-size: 12px; display: flex; align-items: center; gap: 16px; min-width: 0; }
.top-name { max-width: 220px; }
.brand { align-self: center; color: var(--strong); font-weight: 600; }

button, a.button, select, input[type='text'] { min-height: 30px; padding: 4px 12px; border: 1px solid var(--outline); border-radius: 4px; background: var(--page); color: var(--text); font: inherit; line-height: 20px; }
button, a.button { display: inline-block; cursor: pointer; text-decoration: none; }
button:hover, a.button:hover { background: var(--soft); text-decoration: none; }
button.main, a.button.main { border-color: var(--main); background: var(--main); color: var(--on-main); }
button.main:hover, a.button.main:hover { filter: brightness(1.08); }
button.link { font-size: inherit; min-height: 24px; padding: 0 2px; border: 0; background: none; color: var(--link); white-space: nowrap; }
button.link:hover { text-decoration: underline; }
input[type='text'] { width: 100%; max-width: 420px; }
input[type='radio'] { width: 16px; height: 16px; margin: 3px 0 0; accent-color: var(--main); }
.field { display: grid; gap: 4px; margin: 12px 0; }
.field select { justify-self: start; }
.doors { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 12px; margin: 16px 0; }
.lead { margin-bottom: 8px; font-size: 16px; line-height: 26px; }

.card { min-width: 0; margin-top: 16px; padding: 16px; border: 1px solid var(--line); border-radius: 6px; }
.card-head { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 12px; margin-bottom: 12px; }
.card-head .note { flex: 1; color: var(--muted); font-size: 12px; }
.card-policy .note { text-align: right; }
.card-teams .card-head { align-items: center; }
.card-teams .note { flex: 0 auto; margin-left: auto; }
.card > p + p, .card > .rows + p, .fold + p { margin-top: 8px; }
.narrow > .card + p { margin-top: 16px; }
.state { display: grid; gap: 8px; justify-items: start; padding: 24px; }
.state > * { max-width: 720px; }
.notice { padding: 8px 12px; border-left: 2px solid var(--outline); white-space: pre-line; overflow-wrap: anywhere; }
.said { margin: 12px 0; padding: 8px 12px; border: 1px solid var(--line); border-left: 3px solid var(--good); border-radius: 4px; background: var(--soft); }
.said.problem { border-left-color: var(--wrong); }
.foot { margin-top: 12px; color: var(--muted); font-size: 12px; line-height: 18px; }

.fold { margin-top: 12px; font-size: 12px; line-height: 18px; }
summary { display: inline-block; min-height: 24px; padding: 3px 0; color: var(--link); cursor: pointer; }
summary:hover { text-decoration: underline; }
summary::marker { content: ''; }
summary::-webkit-details-marker { display: none; }
summary::after { content: ' ▸'; font-size: .8em; }
details[open] > summary::after { content: ' ▾'; }
.fold-body { padding: 8px 0 0; }
.fold-body p + p { margin-top: 8px; }
.confirm { margin-top: 4px; font-size: 12px; line-height: 18px; }
summary.button { padding: 4px 12px; border: 1px solid var(--outline); border-radius: 4px; color: var(--text); font-size: 14px; line-height: 20px; }
summary.button:hover { background: var(--soft); text-decoration: none; }
.confirm > p { margin: 4px 0 8px; max-width: 560px; }
.confirm button { font-size: 12px; }

.policy > div, .facts > div { display: grid; grid-template-columns: 150px minmax(0, 1fr); gap: 0 16px; padding: 10px 0; border-bottom: 1px solid var(--grid); }
.policy > div:last-child, .facts > div:last-child { border-bottom: 0; }
.policy dt, .facts dt { grid-row: 1 / span 6; color: var(--muted); }
.policy dd, .facts dd { grid-column: 2; }
.policy dd + dd { margin-top: 6px; }
.facts > div { padding: 6px 0; }
.sent { padding-left: 16px; }
.hash { overflow-wrap: anywhere; }
.plain-list { display: grid; gap: 6px; padding-left: 18px; }
.rows { list-style: none; }
.rows > li { padding: 10px 0; border-bottom: 1px solid var(--grid); }
.rows > li:first-child { padding-top: 0; }
.rows > li:last-child { padding-bottom: 0; border-bottom: 0; }
.rows .button, .rows form button { margin-bottom: 4px; }

.grid { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); align-items: start; gap: 16px; margin-top: 16px; }
.column { display: grid; min-width: 0; gap: 16px; }
.column > .card { margin: 0; }
.choice { display: flex; gap: 10px; padding: 8px 0; border-bottom: 1px solid var(--grid); }
.choice label { display: grid; flex: 1; cursor: pointer; }
.card-appear form > p { margin-top: 12px; }
.scroll { max-height: 420px; overflow: auto; }
.plain { width: 100%; border-spacing: 0; font-size: 12px; }
.plain caption { padding-bottom: 4px; color: var(--muted); text-align: left; }
.plain th, .plain td { padding: 4px 12px 4px 0; border-bottom: 1px solid var(--grid); font-weight: 400; text-align: left; white-space: nowrap; }
.plain thead th { color: var(--muted); }
.plain .number { padding-right: 0; padding-left: 12px; text-align: right; }
.plain .number + td:not(.number), .plain .number + th:not(.number) { padding-left: 16px; }

@media (max-width: 900px) { .grid, .column { grid-template-columns: minmax(0, 1fr); gap: 12px; } }
@media (max-width: 600px) {
  main { padding: 16px; }
  main.narrow { padding-top: 24px; }
  .top { flex-wrap: wrap; gap: 0 16px; padding: 0 16px; }
  .top nav { order: 2; flex-basis: 100%; }
  .top .tabs { height: 40px; }
  .top-end { flex: 1; justify-content: space-between; min-height: 40px; }
  .brand { min-height: 48px; line-height: 48px; }
  .brand + .top-end { flex: 0 auto; }
  h1 { font-size: 24px; line-height: 30px; }
  .card, .state { padding: 14px; }
  .policy > div, .facts > div { grid-template-columns: minmax(0, 1fr); }
  .policy dt, .facts dt { grid-row: auto; }
  .policy dd, .facts dd { grid-column: 1; }
}
@media (forced-colors: active) { .bar .fill, .bin { forced-color-adjust: none; } }
@media print { .watermark text { fill-opacity: .2; } }
`;

import { decideCell } from '../src/server/boards/insight-cells.ts';
import { insightFigures } from '../src/server/boards/insight-figures.ts';
import { numbering } from '../src/server/boards/numbering.ts';
import { newSalt, readState, writeState } from '../src/server/boards/state-text.ts';
const n = 85_000;
const members = new Map(Array.from({ length: 1000 }, (_x, t) => [t + 1, new Set(Array.from({ length: 85 }, (_y, i) => t * 85 + i))]));
const numbers = await numbering(newSalt(), Array.from({ length: n }, (_x, i) => 1e12 + i * 7919));
let worst = 0; let last = performance.now();
const tick = setInterval(() => { const now = performance.now(); worst = Math.max(worst, now - last - 10); last = now; }, 10);
const began = performance.now();
const states: string[] = [];
for (let round = 0; round < 2; round++) {
  const t0 = performance.now(); const cells = [];
  for (let c = 0; c < 22; c++) {
    const values = Array.from({ length: n }, (_x, i) => (c < 2 || (i * 31 + c) % 5 === 0 ? 1e6 + ((i * 7919) % 1e6) : 0));
    const before = readState(states[c] ?? null, numbers);
    const cell = await decideCell({ name: c === 0 ? 'tokens' : c === 1 ? 'input' : `${c < 10 ? 'tool' : 'model'}:${c}`, values }, members, before, { day: round, k: 5 });
    cells.push(cell); states[c] = writeState(cell.state, numbers);
  }
  const t1 = performance.now();
  const [tokens, input] = cells; if (!tokens || !input) throw new Error();
  for (const team of [undefined, ...members.keys()]) insightFigures({ k: 5, tokens, input, cacheReads: input.values, activeDays: input.values, mix: cells.slice(2) }, team);
  console.log('round', round, 'decide', Math.round(t1 - t0), 'figures', Math.round(performance.now() - t1), 'state MB', Math.round(states.join('').length / 1e6), 'rss', Math.round(process.memoryUsage().rss / 1e6), 'worst block', Math.round(worst));
}
clearInterval(tick); console.log(Math.round(performance.now() - began));

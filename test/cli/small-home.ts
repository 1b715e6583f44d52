import { newHome, writeClaudeLog } from './command.ts';

/** A home with four requests of two models in two projects, one of them repeated in a second log, and one model without a price. */
export function smallHome(): string {
  const home = newHome();
  const first = {
    id: 'a',
    time: '2026-05-12T08:45:00.000Z',
    tokens: [10, 200, 5000, 400, 600],
  } as const;
  writeClaudeLog(home, '-home-me-shop/session-1.jsonl', [
    first,
    { id: 'b', time: '2026-05-12T12:50:00.000Z', tokens: [20, 100, 8000, 0, 0], branch: 'fix/cart, again' },
    { id: 'c', time: '2026-05-12T22:30:00.000Z', tokens: [5, 50, 1000, 0, 0], model: 'mystery-9' },
  ]);
  writeClaudeLog(home, '-home-me-shop/session-2.jsonl', [first]);
  writeClaudeLog(home, '-home-me-blog/session-3.jsonl', [
    {
      id: 'd',
      time: '2026-05-18T10:00:00.000Z',
      tokens: [7, 30, 0, 0, 0],
      model: 'claude-haiku-4-5-20251001',
      cwd: '/home/me/blog',
      session: 'session-3',
      sidechain: true,
    },
  ]);
  return home;
}

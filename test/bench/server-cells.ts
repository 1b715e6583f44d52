import type { Cell } from '../../src/team/protocol/sync.ts';

const dayMs = 86_400_000;

/** Eight cells: two models on each of four days. */
export function cellsOf(rev: number): Cell[] {
  return [1, 2, 3, 4].flatMap((ago) =>
    ['claude-opus-4-5', 'gpt-5'].map((model) => ({
      day: new Date(Date.now() - ago * dayMs).toISOString().slice(0, 10),
      tool: 'claude-code' as const,
      model,
      rev,
      in: 21_000 + rev,
      out: 4000,
      cr: 900_000,
      cw: 50_000,
      cw1: 0,
      rs: 100,
      req: 90,
      est: false,
      usd: 812_345,
      pv: 'bench',
    })),
  );
}

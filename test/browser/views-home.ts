import { appendClaude } from '../demo/claude-log.ts';

const hour = 3_600_000;

export const smallSessions = 60;

/** A home with many small sessions of two projects, and one session of very long contexts. */
export function writeViewsHome(home: string, now: number): void {
  for (let index = 0; index < smallSessions; index++) {
    const shop = index % 2 === 1;
    appendClaude(home, {
      id: `small-${index}`,
      session: `small-${index}`,
      project: shop ? '/home/dev/web-shop' : '/home/dev/atlas-api',
      branch: shop ? 'fix/checkout' : 'main',
      model: shop ? 'claude-haiku-4-5-20251001' : 'claude-sonnet-4-5-20250929',
      time: now - (index + 2) * 7 * hour,
      input: 100 + index,
      output: 1000 + index,
      cacheRead: 40_000,
    });
  }
  for (let index = 0; index < 6; index++) {
    appendClaude(home, {
      id: `long-${index}`,
      session: 'the-long-one',
      project: '/home/dev/notes-cli',
      branch: 'import',
      time: now - 3 * hour + index * 600_000,
      input: 500,
      output: 2000,
      cacheRead: 240_000 + index * 10_000,
      cacheWrite: 5000,
    });
  }
}

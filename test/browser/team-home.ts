import { appendClaude } from '../demo/claude-log.ts';

const dayMs = 86_400_000;

/** What must never leave the machine. */
export const sentinels = ['zanzibar-client', 'quokka-branch', 'session-xylophone', 'whispered-prompt'];

/** Logs of some days, up to this one, whose texts are all sentinels. */
export function writeUsage(home: string, days = 6): void {
  for (let day = 0; day < days; day++) {
    appendClaude(home, {
      id: `used-${day}`,
      session: `session-xylophone-${day}`,
      project: '/home/dev/zanzibar-client',
      branch: 'quokka-branch',
      time: Date.now() - day * dayMs,
      input: 10_000 + day,
      output: 200_000,
      cacheRead: 1_000_000,
      cacheWrite: 50_000,
    });
  }
}

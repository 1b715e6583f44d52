import { appendClaude } from './claude-log.ts';
import { seeded } from './random.ts';

const pause = 4000;

/** Appends a request to a Claude Code log every few seconds, as a session at work would. Gives the way to stop it. */
export function startLiveSession(home: string, project: string): () => void {
  const random = seeded(Date.now());
  const session = `demo-live-${process.pid}`;
  let cacheRead = 90_000;
  let count = 0;
  const work = () => {
    const cacheWrite = random.whole(300, 3_000);
    const output = random.whole(60, 1_400);
    const id = `${session}-${count++}`;
    const model = 'claude-opus-4-6';
    appendClaude(home, { id, time: Date.now(), session, project, model, input: 12, output, cacheRead, cacheWrite });
    cacheRead = cacheRead > 160_000 ? 40_000 : cacheRead + cacheWrite + output;
  };
  work();
  const timer = setInterval(work, pause);
  return () => clearInterval(timer);
}

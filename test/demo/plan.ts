import { type Random, seeded } from './random.ts';

export type DemoTool = 'claude-code' | 'codex' | 'gemini-cli' | 'opencode';

/** One request of a demo session, in whole tokens; `output` includes `reasoning`. */
export interface DemoRequest {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly time: number;
  readonly input: number;
  readonly output: number;
  readonly reasoning: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
}

export interface DemoSession {
  readonly id: string;
  readonly tool: DemoTool;
  readonly model: string;
  /** Absolute path of the project folder. */
  readonly project: string;
  readonly branch: string;
  readonly requests: readonly DemoRequest[];
}

export interface PlanOptions {
  /** Folder that the projects are said to be in. */
  readonly projects: string;
  /** The plan ends here, epoch milliseconds. */
  readonly now: number;
  /** Days, today included. */
  readonly days: number;
  readonly seed: number;
}

const tools: readonly (readonly [DemoTool, number])[] = [
  ['claude-code', 55],
  ['codex', 24],
  ['gemini-cli', 13],
  ['opencode', 8],
];

const models: Readonly<Record<DemoTool, readonly (readonly [string, number])[]>> = {
  'claude-code': [
    ['claude-opus-4-6', 50],
    ['claude-sonnet-4-6', 35],
    ['claude-haiku-4-5-20251001', 15],
  ],
  codex: [
    ['gpt-5.3-codex', 80],
    ['gpt-5.1-codex-mini', 20],
  ],
  'gemini-cli': [
    ['gemini-3-pro-preview', 60],
    ['gemini-3-flash-preview', 40],
  ],
  opencode: [
    ['claude-sonnet-4-6', 60],
    ['kimi-k2', 40],
  ],
};

const projects: readonly (readonly [string, number])[] = [
  ['demo-webshop', 45],
  ['demo-payments-api', 30],
  ['demo-mobile-app', 15],
  ['demo-dotfiles', 10],
];

const branches: readonly (readonly [string, number])[] = [
  ['main', 40],
  ['feature/checkout', 35],
  ['fix/flaky-login', 25],
];

/** Hours at which sessions begin: two humps around lunch, and some evenings. */
const startHours: readonly (readonly [number, number])[] = [
  [8, 4],
  [9, 12],
  [10, 15],
  [11, 12],
  [13, 9],
  [14, 15],
  [15, 13],
  [16, 10],
  [17, 5],
  [20, 3],
  [21, 4],
  [22, 2],
];

/** The sessions of a developer's last weeks, made up: the same for the same day and seed. */
export function planSessions(options: PlanOptions): readonly DemoSession[] {
  const sessions: DemoSession[] = [];
  for (let ago = options.days - 1; ago >= 0; ago--) {
    const midnight = new Date(options.now);
    midnight.setHours(0, 0, 0, 0);
    midnight.setDate(midnight.getDate() - ago);
    const random = seeded(options.seed * 1000 + Math.floor(midnight.getTime() / 86_400_000));
    const progress = 1 - ago / options.days;
    const starts = Array.from(
      { length: sessionsOn(ago === 0 ? 1 : midnight.getDay(), progress, random) },
      () => midnight.getTime() + random.pick(startHours) * 3_600_000 + random.between(0, 3_600_000),
    );
    // However early it is, today has something to show.
    if (ago === 0) starts.push(Math.max(midnight.getTime(), options.now - 2_700_000));
    for (const start of starts) {
      const session = planSession(start, options, random);
      if (session.requests.length > 0) sessions.push(session);
    }
  }
  return sessions;
}

/** More and more sessions over the weeks, few at the weekend (0 is Sunday), and now and then a day off. */
function sessionsOn(weekday: number, progress: number, random: Random): number {
  if (weekday === 0 || weekday === 6) return random.chance(0.35) ? random.whole(1, 2) : 0;
  if (random.chance(0.05)) return 0;
  return random.whole(2, 4) + Math.round(progress * random.between(0, 4));
}

function planSession(start: number, options: PlanOptions, random: Random): DemoSession {
  const tool = random.pick(tools);
  const id = hex(random, 8);
  const requests: DemoRequest[] = [];
  let time = start;
  let context = random.whole(9_000, 18_000);
  for (let left = random.whole(5, 70); left > 0 && time < options.now; left--) {
    const cacheWrite = tool === 'claude-code' ? random.whole(300, 4_500) : 0;
    const input = tool === 'claude-code' ? random.whole(3, 40) : random.whole(400, 5_000);
    const reasoning = tool === 'claude-code' ? 0 : random.whole(0, 600);
    const output = reasoning + random.whole(40, 1_600);
    const request = `${id}${String(requests.length).padStart(4, '0')}`;
    requests.push({ id: request, time: Math.floor(time), input, output, reasoning, cacheRead: context, cacheWrite });
    context = Math.min(170_000, context + cacheWrite + input + output);
    time += random.between(8_000, 110_000);
  }
  const project = `${options.projects}/${random.pick(projects)}`;
  return { id, tool, model: random.pick(models[tool]), project, branch: random.pick(branches), requests };
}

function hex(random: Random, digits: number): string {
  return Array.from({ length: digits }, () => random.whole(0, 15).toString(16)).join('');
}

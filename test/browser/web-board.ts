import type { Member, World } from '../server/http/world.ts';
import { cell, consentOf, world } from '../server/http/world.ts';

/** A company of a few teams whose board has been published for some days. */
export interface WebBoard {
  readonly at: World;
  /** Stands by pseudonym in a team of many, some way down the ranking. */
  readonly viewer: Member;
  /** Somebody who may leave. */
  readonly leaver: Member;
}

const names = ['Amber', 'Northern', 'Quiet', 'Copper', 'Swift', 'Moss', 'Arctic', 'Grey', 'Silver', 'Red'];
const surnames = ['Lynx', 'Gannet', 'Otter', 'Ibex', 'Plover', 'Badger'];
const kinds = [
  { tool: 'claude-code', model: 'claude-opus-4-5' },
  { tool: 'codex', model: 'gpt-5' },
  { tool: 'claude-code', model: 'claude-sonnet-4-5' },
  { tool: 'gemini-cli', model: 'gemini-2.5-pro' },
] as const;
const badges = [
  ['token-legend', 'cache-wizard-gold', 'model-connoisseur-platinum'],
  ['token-legend-platinum', 'fleet-admiral-silver'],
  ['cache-wizard', 'small-and-beautiful-gold', 'token-legend-diamond'],
  ['comeback-bronze'],
  [],
];

/** People of a company, in teams of 20, 13, 9, 6 and 6, each with other figures. */
export async function webBoard(people = 54): Promise<WebBoard> {
  const at = await world('sqlite', { local: true });
  try {
    const [viewer, leaver] = await fill(at, people);
    return { at, viewer, leaver };
  } catch (error) {
    // What is left open would keep the tests' process alive.
    await at.end();
    throw error;
  }
}

async function fill(at: World, people: number): Promise<readonly [viewer: Member, leaver: Member]> {
  await at.state({ worksAgreement: 'Works agreement 2026-07', contact: 'dx@acme.example' });
  const token = at.owner.tokens.accessToken;
  const teams: number[] = [];
  for (const name of ['Search Infrastructure', 'Payments', 'Developer Tools', 'Mobile Clients', 'Quantum Lab']) {
    teams.push((await at.ask('POST', '/v1/teams', { token, body: { name } })).body.id);
  }
  const members: Member[] = [];
  for (let i = 0; i < people; i++) {
    const team = teams[[20, 33, 42, 48, 54].findIndex((end) => i < end)] ?? null;
    const name = `${names[i % names.length]} ${surnames[Math.floor(i / names.length) % surnames.length]}`;
    // A team of which some stand by pseudonym has no total, or one could be worked out.
    const visibility = team === teams[1] ? 'pseudonym' : 'named';
    members.push(await at.join(name, { visibility }, await at.invite({ team })));
  }
  for (const day of ['2026-11-20', '2026-11-21', '2026-11-22']) {
    for (const [i, member] of members.entries()) {
      const size = Math.round(9e9 / (i + 1.4) ** 1.35 / (day.endsWith('1') ? 2 : 3));
      const counts = { in: Math.round(size * 0.01), out: Math.round(size * 0.02), cw: Math.round(size * 0.06) };
      const cr = Math.round(size * (0.6 + 0.3 * Math.sin(i)));
      const shared = badges[i % badges.length] ?? [];
      await at.sync(
        member,
        [cell({ day, ...kinds[i % kinds.length], ...counts, cr, usd: Math.round(size / 1.6), req: 40 + i })],
        {
          badges: day.endsWith('0') ? shared : undefined,
        },
      );
    }
    await at.tomorrow(...members);
  }
  const [viewer, leaver] = [members[26], members.at(-1)];
  if (viewer === undefined || leaver === undefined) throw new RangeError('A board needs more people.');
  const consent = consentOf(at.policy, 'Owner', { visibility: 'aggregate' });
  await at.ask('PUT', '/v1/consent', { token: at.owner.tokens.accessToken, body: consent });
  // So that someone has looked.
  for (const member of members.slice(0, 7)) await at.board(member);
  return [viewer, leaver];
}

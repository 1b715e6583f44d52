import { cell, dayMs, type Member, type World, world } from '../server/http/world.ts';
import { type Front, frontOf } from './team-front.ts';

/** A real server with a team on it, and the way by which editors reach it. */
export interface TeamBoard {
  readonly world: World;
  readonly front: Front;
  readonly others: readonly Member[];
  /** An invite link for one. */
  link(): Promise<string>;
  /** The server comes to the next day, and publishes it. */
  dayPasses(): Promise<void>;
  end(): Promise<void>;
}

const names = ['Ada', 'Bob', 'Cleo', 'Dan', 'Eve'];

/**
 * Others, five if not told otherwise, have shared two days; the day before this machine's today has just begun on the server, so that what an editor
 * shares of it stands on the board when `dayPasses`.
 */
export async function teamBoard(members = names.length): Promise<TeamBoard> {
  const now = Date.now();
  const made = await world('sqlite', { now: now - 2 * dayMs });
  const front = await frontOf(() => made.server.address);
  const others: Member[] = [];
  for (const name of names.slice(0, members)) others.push(await made.join(name));
  const share = async (day: string): Promise<void> => {
    for (const [i, member] of others.entries()) {
      await made.sync(member, [cell({ day, in: 100_000 * (i + 1) })]);
    }
  };
  await share(new Date(now - 2 * dayMs).toISOString().slice(0, 10));
  await made.tomorrow(...others);
  await share(new Date(now - dayMs).toISOString().slice(0, 10));
  return {
    world: made,
    front,
    others,
    link: async () => `${front.origin}/join#${await made.invite()}`,
    dayPasses: () => made.tomorrow(...others),
    async end() {
      await front.end();
      await made.end();
    },
  };
}

import { createHmac } from 'node:crypto';
import { isIPv6 } from 'node:net';
import type { FastifyRequest } from 'fastify';
import type { EndpointName } from '../../team/protocol/endpoints.ts';
import type { Session } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { problemError } from './problem-error.ts';

/** How often one subject may do a thing, counted over all processes. */
interface Rate {
  readonly by: 'address' | 'device' | 'member';
  readonly most: number;
  readonly windowMs: number;
}

const minute = 60_000;
const hour = 3_600_000;
const day = 86_400_000;

/** What is not named here only reads what is in memory, and is bounded by how busy the server is. */
export const rates: Readonly<Partial<Record<EndpointName, Rate>>> = {
  // A company may come from one address. Secrets cannot be guessed; these bounds are for whoever asks without end.
  join: { by: 'address', most: 300, windowMs: minute },
  refresh: { by: 'address', most: 6000, windowMs: minute },
  oidcStart: { by: 'address', most: 300, windowMs: minute },
  oidcCallback: { by: 'address', most: 300, windowMs: minute },
  oidcToken: { by: 'address', most: 300, windowMs: minute },
  startDevice: { by: 'address', most: 120, windowMs: minute },
  deviceToken: { by: 'address', most: 6000, windowMs: minute },
  sibling: { by: 'device', most: 20, windowMs: hour },
  sync: { by: 'device', most: 120, windowMs: hour },
  createInvite: { by: 'member', most: 100, windowMs: day },
  deviceCode: { by: 'member', most: 30, windowMs: day },
  webCode: { by: 'member', most: 60, windowMs: hour },
  pseudonym: { by: 'member', most: 20, windowMs: day },
  export: { by: 'member', most: 30, windowMs: hour },
  giveConsent: { by: 'member', most: 60, windowMs: hour },
};

/** Counts a request against its endpoint's rate; throws `rate_limited` beyond it. No address is kept, only a keyed hash of it. */
export async function countRequest(
  store: Store,
  name: EndpointName,
  request: FastifyRequest,
  session: Session | undefined,
  key: Buffer,
  now: number,
): Promise<void> {
  const rate = rates[name];
  if (rate === undefined) return;
  const subject =
    rate.by === 'address' ? networkOf(request.ip) : rate.by === 'device' ? `${session?.device}` : `${session?.member}`;
  await countAct(store, { name, ...rate }, `${rate.by}:${subject}`, key, now);
}

/** Counts one more act of a subject; throws `rate_limited` beyond the rate. */
export async function countAct(
  store: Store,
  { name, most, windowMs }: { readonly name: string; readonly most: number; readonly windowMs: number },
  subject: string,
  key: Buffer,
  now: number,
): Promise<void> {
  const hashed = createHmac('sha256', key).update(subject).digest('hex').slice(0, 32);
  const { count, resetsAt } = await store.countRate({ name, subject: hashed, windowMs, now });
  if (count <= most) return;
  throw problemError('rate_limited', { retryAfterSec: Math.max(1, Math.ceil((resetsAt - now) / 1000)) });
}

/** Who has one IPv6 address has 2^64 of them: the network counts as one. */
export function networkOf(address: string): string {
  if (!isIPv6(address) || address.startsWith('::ffff:')) return address.replace(/^::ffff:/, '');
  const [head = '', tail] = address.split('::');
  const before = head.split(':').filter(Boolean);
  const after = tail?.split(':').filter(Boolean) ?? [];
  const zeros = tail === undefined ? 0 : 8 - before.length - after.length;
  return [...before, ...Array<string>(zeros).fill('0'), ...after].slice(0, 4).join(':');
}

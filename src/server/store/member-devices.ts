import { maxDevicesPerMember } from '../../team/protocol/limits.ts';
import type { Role } from '../../team/protocol/terms.ts';
import { writeDown } from './audit.ts';
import { first, newId, type Sql } from './sql.ts';

/** A machine that comes to a member. */
interface Arrival {
  /** SHA-256 of the client's device id. */
  readonly deviceKey: string;
  readonly now: number;
}

/** A member's device: the one that is known by its key, else a new one. `invalid`: there is no such member. */
export async function memberDevice(
  sql: Sql,
  arrival: Arrival,
  org: number,
  member: number,
): Promise<number | 'invalid' | 'too_many_devices'> {
  const owner = await first<{ role: Role }>(
    sql,
    `SELECT role FROM member WHERE org = $1 AND member = $2 ${sql.lock('member')}`,
    [org, member],
  );
  if (owner === undefined) return 'invalid';
  const devices = await sql.all<{ device: number; device_key: string }>(
    'SELECT device, device_key FROM device WHERE org = $1 AND member = $2',
    [org, member],
  );
  const known = devices.find(({ device_key }) => device_key === arrival.deviceKey);
  if (known === undefined && devices.length >= maxDevicesPerMember) return 'too_many_devices';
  const device = known?.device ?? (await newDevice(sql, arrival, org, member));
  const by = { member, role: owner.role };
  await writeDown(sql, { org, action: 'device.add', by, subject: member, now: arrival.now });
  return device;
}

export async function newDevice(sql: Sql, { deviceKey, now }: Arrival, org: number, member: number): Promise<number> {
  const device = newId();
  await sql.run(
    `INSERT INTO device (org, device, member, device_key, added_at, badges) VALUES ($1, $2, $3, $4, $5, '[]')`,
    [org, device, member, deviceKey, now],
  );
  return device;
}

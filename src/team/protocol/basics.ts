import Type, { type TProperties, type TSchema } from 'typebox';
import { toolIds } from '../../usage/tool-id.ts';
import { maxCount, maxNameLength, maxTextLength } from './limits.ts';
import { cadences, clientKinds, metricIds, roles, teamRoles, visibilities, windowIds } from './terms.ts';

/** An object that has no other fields than these. */
export function closed<const Properties extends TProperties>(properties: Properties) {
  return Type.Object(properties, { additionalProperties: false });
}

export function nullable<const Schema extends TSchema>(schema: Schema) {
  return Type.Union([schema, Type.Null()]);
}

/** Ids of members, teams, devices, invites: random whole numbers, so that they tell neither number nor order. */
export const Id = Type.Integer({ minimum: 1, maximum: maxCount });
/** A board's id: 0 for the organisation's, else its team's. */
export const BoardId = Type.Integer({ minimum: 0, maximum: maxCount });
/** A whole number of tokens, requests or micro-USD. */
export const Count = Type.Integer({ minimum: 0, maximum: maxCount });
/** A UTC day, `2026-11-21`; that it is one of the calendar is checked by the server. */
export const Day = Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' });
/** A moment in UTC, `2026-11-21T10:00:00.000Z`. */
export const Instant = Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{8,12}Z$' });
/** SHA-256 in lower-case hex. */
export const Sha256 = Type.String({ pattern: '^[0-9a-f]{64}$' });
/** 32 random bytes in base64url: an access token, a refresh token, an invite. Never stored, logged or put into a URL. */
export const Secret = Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' });
export const Uuid = Type.String({
  pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$',
});
/** A name that people choose. The server makes it NFKC and takes out what cannot be seen. */
export const Name = Type.String({ minLength: 1, maxLength: maxNameLength });
export const Text = Type.String({ maxLength: maxTextLength });
export const Version = Type.String({ pattern: '^[0-9A-Za-z.+-]{1,32}$' });

export const Tool = Type.Enum([...toolIds]);
/** A model's normal id or `other`. */
export const Model = Type.String({ pattern: '^[a-z0-9][a-z0-9._:/-]{0,63}$' });
export const Badge = Type.String({ pattern: '^[a-z][a-z0-9-]{0,39}$' });
export const Window = Type.Enum([...windowIds]);
export const Metric = Type.Enum([...metricIds]);
export const CadenceTerm = Type.Enum([...cadences]);
export const VisibilityTerm = Type.Enum([...visibilities]);
export const RoleTerm = Type.Enum([...roles]);
export const TeamRoleTerm = Type.Enum([...teamRoles]);
export const ClientTerm = Type.Enum([...clientKinds]);

import { createHmac, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { problemError } from '../http/problem-error.ts';
import type { ServerContext } from '../http/server-context.ts';
import type { Session } from '../store/records.ts';

/** The fields of a form that was sent; the first of several of a name. */
export type Form = Readonly<Record<string, string | undefined>>;

/** Takes forms as bodies, on these routes alone. */
export function takeForms(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
    const fields: Record<string, string> = Object.create(null);
    for (const [name, value] of new URLSearchParams(String(body))) fields[name] ??= value;
    done(null, fields);
  });
}

/** Throws `foreign_origin` unless a browser says that the form is of a page of this very server. */
export function checkOrigin(request: FastifyRequest, { publicUrl }: ServerContext): void {
  const { origin, 'sec-fetch-site': site } = request.headers;
  const own = origin === new URL(publicUrl).origin && (site === undefined || site === 'same-origin');
  if (!own) throw problemError('foreign_origin');
}

/** What a session's forms hold, so that no page of another session can have made them. */
export function formToken({ key }: ServerContext, { family, member }: Session): string {
  return createHmac('sha256', key).update(`web-form ${member} ${family}`).digest('base64url');
}

/** Throws `foreign_origin` where a form does not hold the token of the session. */
export function checkForm(form: Form, context: ServerContext, session: Session): void {
  const expected = Buffer.from(formToken(context, session));
  const told = Buffer.from(form.form ?? '');
  if (told.length !== expected.length || !timingSafeEqual(told, expected)) throw problemError('foreign_origin');
}

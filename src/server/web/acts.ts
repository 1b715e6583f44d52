import type { FastifyReply } from 'fastify';
import { maxNameLength } from '../../team/protocol/limits.ts';
import { organisationBoard, type Visibility, visibilities } from '../../team/protocol/terms.ts';
import { problemError } from '../http/problem-error.ts';
import { ask, type Visit } from './ask.ts';
import { setCookie } from './cookie.ts';
import type { Form } from './forms.ts';

/** What a form does, by its path. Each ends with a redirection, so that a page that is loaded again does nothing twice. */
export const acts: Readonly<Record<string, (visit: Visit, form: Form) => Promise<FastifyReply>>> = {
  '/me/appear': appear,
  '/me/hide': hide,
  '/me/pseudonym': renew,
  '/me/devices/remove': removeDevice,
  '/me/stop': stop,
  '/me/export': exported,
  '/me/leave': leave,
};

async function appear(visit: Visit, form: Form): Promise<FastifyReply> {
  const { boards } = await ask(visit, 'boards', {});
  const main = visibilityOf(form.visibility);
  const name = (form.name ?? '').trim();
  const chosen = boards.map(({ id }) => ({
    board: id,
    visibility: id === organisationBoard ? main : visibilityOf(form[`board-${id}`] ?? main),
  }));
  const named = chosen.some(({ visibility }) => visibility === 'named');
  if (named && name === '') return said(visit, 'name_missing');
  return change(visit, { visibility: main, boards: chosen, ...(form.name === undefined ? {} : { name }) }, 'appears');
}

async function hide(visit: Visit): Promise<FastifyReply> {
  const { boards } = await ask(visit, 'boards', {});
  const all = boards.map(({ id }) => ({ board: id, visibility: 'aggregate' as const }));
  return change(visit, { visibility: 'aggregate', boards: all }, 'hidden');
}

interface Appearance {
  readonly visibility: Visibility;
  readonly boards: readonly { readonly board: number; readonly visibility: Visibility }[];
  /** Left as it is where it is not told. */
  readonly name?: string;
}

/** All else that was agreed to stays as it is: only the machine that counts can show what more would be sent. */
async function change(visit: Visit, { visibility, boards, name }: Appearance, done: string): Promise<FastifyReply> {
  const { context, session } = visit;
  const [{ consent }, policy] = await Promise.all([ask(visit, 'me', {}), context.policies.of(session.policyVersion)]);
  if (consent === null) throw problemError('policy_changed');
  const named = boards.some((one) => one.visibility === 'named');
  if (named && !policy.namedBoards) return said(visit, 'names_forbidden');
  const { at: _at, ...before } = consent;
  const displayName = name === undefined ? before.displayName : [...name].slice(0, maxNameLength).join('') || null;
  try {
    await ask(visit, 'giveConsent', { body: { ...before, visibility, boards: [...boards], displayName } });
  } catch (error) {
    // All but the name comes from lists of our own.
    if (named && error instanceof Error && error.message === 'invalid_request') return said(visit, 'name_missing');
    throw error;
  }
  return said(visit, done);
}

async function renew(visit: Visit, form: Form): Promise<FastifyReply> {
  await ask(visit, 'pseudonym', { body: { board: idOf(form.board) } });
  return said(visit, 'renewed');
}

async function removeDevice(visit: Visit, form: Form): Promise<FastifyReply> {
  await ask(visit, 'removeDevice', { params: { id: idOf(form.device) } });
  return said(visit, 'removed');
}

async function stop(visit: Visit): Promise<FastifyReply> {
  await ask(visit, 'withdrawConsent', {});
  return said(visit, 'stopped');
}

async function exported(visit: Visit): Promise<FastifyReply> {
  const all = await ask(visit, 'export', {});
  return visit.reply
    .header('content-type', 'application/json; charset=utf-8')
    .header('content-disposition', 'attachment; filename="tokenboard-export.json"')
    .header('cache-control', 'no-store')
    .send(JSON.stringify(all, null, 2));
}

async function leave(visit: Visit): Promise<FastifyReply> {
  await ask(visit, 'eraseMe', {});
  setCookie(visit.reply, visit.context, null);
  return visit.reply.redirect('/left', 303);
}

function said({ reply }: Visit, name: string): FastifyReply {
  return reply.redirect(`/me?said=${name}`, 303);
}

function visibilityOf(told: string | undefined): Visibility {
  const found = visibilities.find((one) => one === told);
  if (found === undefined) throw problemError('invalid_request');
  return found;
}

function idOf(told: string | undefined): number {
  const id = Number(told);
  if (told === undefined || !/^[0-9]{1,16}$/.test(told) || !Number.isSafeInteger(id)) throw problemError('not_found');
  return id;
}

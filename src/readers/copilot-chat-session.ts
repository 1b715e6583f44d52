import type { UsageEvent } from '../usage/usage-event.ts';
import {
  type ChatRequest,
  pushParts,
  readRequest,
  requestEvent,
  requestWithdrawal,
  setField,
} from './copilot-chat-request.ts';
import { elements, field, type Json, number, text, time } from './json.ts';

/** A chat session as its log has told it so far. */
export interface ChatCarry {
  kind: 'chat';
  session: string;
  project?: string | undefined;
  /** When the session began: for old requests, which have no time of their own. */
  created?: number | undefined;
  requests: ChatRequest[];
  /** From then on a debug log tells of the session's calls, epoch milliseconds. */
  loggedFrom?: number | undefined;
}

export function startSession(session: string, project: string | undefined): ChatCarry {
  return { kind: 'chat', session, project, requests: [] };
}

/** Takes in the whole session, in place of all that was known of it. */
export function readSession(value: Json | undefined, carry: ChatCarry): void {
  carry.session = text(field(value, 'sessionId')) ?? carry.session;
  carry.created = time(field(value, 'creationDate')) ?? carry.created;
  carry.requests = elements(field(value, 'requests')).map(readRequest);
  // The first versions gave requests no ids.
  for (const [index, request] of carry.requests.entries()) request.id ??= `${index}`;
}

/**
 * Takes in one line of a session's log: the whole session (kind 0), a field to set (1), elements to add to a list in
 * place of those from an index on (2), a field to delete (3). Gives the requests that it changes.
 */
export function readChange(line: Json, carry: ChatCarry): readonly ChatRequest[] {
  const [kind, value] = [field(line, 'kind'), field(line, 'v')];
  const [name, index, ...path] = elements(field(line, 'k'));
  if (kind === 0) {
    readSession(value, carry);
    return carry.requests;
  }
  if (kind === 1 && name === 'sessionId') carry.session = text(value) ?? carry.session;
  if (kind === 1 && name === 'creationDate') carry.created = time(value) ?? carry.created;
  if (name !== 'requests') return [];
  if (index === undefined) return changeRequests(kind, number(field(line, 'i')), elements(value), carry);
  const request = typeof index === 'number' ? carry.requests[index] : undefined;
  if (request === undefined || typeof index !== 'number') return [];
  if (path.length === 0) {
    if (kind !== 1) return [];
    const replaced = readRequest(value);
    carry.requests[index] = replaced;
    return [replaced];
  }
  if (kind === 1) setField(request, path, value);
  else if (path.length === 1 && path[0] === 'response')
    pushParts(request, kind === 3 ? 0 : number(field(line, 'i')), elements(value));
  return [request];
}

/** What requests of the session used; those whose calls a debug log tells are taken back. */
export function* sessionEvents(requests: readonly ChatRequest[], carry: ChatCarry): Iterable<UsageEvent> {
  const { session, project, created, loggedFrom } = carry;
  for (const request of requests) {
    const dated = { ...request, time: request.time ?? created };
    const logged = loggedFrom !== undefined && dated.time !== undefined && dated.time >= loggedFrom;
    const event = (logged ? requestWithdrawal : requestEvent)(dated, { session, project });
    if (event !== undefined) yield event;
  }
}

/** What goes from the list has been consumed all the same, so only what comes changes anything. */
function changeRequests(
  kind: Json | undefined,
  from: number | undefined,
  values: readonly Json[],
  { requests }: ChatCarry,
): readonly ChatRequest[] {
  requests.splice(kind === 2 ? (from ?? requests.length) : 0);
  const added = values.map(readRequest);
  requests.push(...added);
  return added;
}

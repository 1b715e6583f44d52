import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import { PolicyDraft } from '../../team/protocol/policy.ts';
import { draftProblem, newPolicy } from '../policy/new-policy.ts';
import { problemError } from './problem-error.ts';
import { setUpBody, setUpStyle } from './set-up-body.ts';
import { setUpScript } from './set-up-script.ts';
import { copyScript, editorScript, pageStyle, servePage } from './static-page.ts';

const Words = Type.Object({ text: Type.String(), sha256: Type.String() });

/**
 * The page behind the owner's set-up link: it asks what the board is for, shows the words that everyone will be asked to
 * agree to, states them, and makes the first invite. It uses the protocol's own endpoints, and one more that says a
 * policy in words before it is stated and keeps nothing.
 */
export function setUpPage(app: FastifyInstance): void {
  servePage(app, '/setup', {
    title: 'Tokenboard: set up a team board',
    body: setUpBody,
    script: `${copyScript}${editorScript}${setUpScript}`,
    style: `${pageStyle}${setUpStyle}`,
    asks: true,
  });
  app.post<{ Body: PolicyDraft; Reply: Static<typeof Words> }>(
    '/setup/words',
    { schema: { hide: true, body: PolicyDraft, response: { 200: Words } } },
    async ({ body }, reply) => {
      const problem = draftProblem(body);
      if (problem !== undefined) throw problemError('invalid_request', { detail: problem });
      const { text, sha256 } = newPolicy(body, 1, 0);
      return reply.header('cache-control', 'no-store').send({ text, sha256 });
    },
  );
}

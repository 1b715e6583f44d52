import assert from 'node:assert/strict';
import fastify from 'fastify';
import { counts } from '../../../src/server/run/counts.ts';

describe('the measures of the backend', () => {
  it('count answers by route and status, never by what was asked for', async () => {
    const measures = counts();
    const app = fastify();
    measures.count(app);
    app.get('/v1/boards/:id', async (_request, reply) => reply.code(204).send());
    for (const url of ['/v1/boards/7', '/v1/boards/8', '/secret?token=x']) await app.inject({ url });
    const text = measures.text({ leading: true, publishedAt: 1_700_000_000_000 });
    assert.match(text, /^tokenboard_answers_total\{route="\/v1\/boards\/:id",method="GET",status="2xx"\} 2$/m);
    assert.match(text, /^tokenboard_answers_total\{route="none",method="GET",status="4xx"\} 1$/m);
    assert.match(text, /^tokenboard_answer_seconds_bucket\{route="\/v1\/boards\/:id",le="\+Inf"\} 2$/m);
    assert.match(text, /^tokenboard_leader 1$/m);
    assert.match(text, /^tokenboard_published_timestamp_seconds 1700000000$/m);
    assert.doesNotMatch(text, /secret|token=|boards\/7/);
    await app.close();
  });
});

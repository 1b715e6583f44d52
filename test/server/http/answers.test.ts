import assert from 'node:assert/strict';
import Type from 'typebox';
import { answerSchema } from '../../../src/server/http/answer-schema.ts';
import { type World, world } from './world.ts';

describe('how answers are written out', () => {
  let at: World;
  before(async () => {
    at = await world('sqlite');
  });
  after(() => at.end());

  it('what may be null says so itself, wherever it stands, and other alternatives stay', () => {
    const text = Type.Union([Type.String({ maxLength: 9 }), Type.Null()]);
    const either = Type.Union([Type.String(), Type.Integer()]);
    const schema = Type.Object({ one: text, all: Type.Array(Type.Object({ text })), either });
    const nullable = { type: 'string', maxLength: 9, nullable: true };
    const { properties } = answerSchema(schema) as { properties: Record<string, unknown> };
    assert.deepEqual(properties.one, nullable);
    assert.deepEqual(properties.all, {
      type: 'array',
      items: { type: 'object', required: ['text'], properties: { text: nullable } },
    });
    assert.deepEqual(properties.either, { anyOf: [{ type: 'string' }, { type: 'integer' }] });
  });

  it('a board that waits has null for what is not there yet, and nothing else in its place', async () => {
    const { tokens } = await at.join('Member');
    const { body } = await at.ask('GET', '/v1/boards/0', { token: tokens.accessToken });
    const { state, notice, builtAt, from, total, histogram } = body;
    const nothing = { notice: null, builtAt: null, from: null, total: null, histogram: null };
    assert.deepEqual({ state, notice, builtAt, from, total, histogram }, { state: 'waiting', ...nothing });
  });

  it('the interface is described by the words of OpenAPI 3.1, where null is an alternative', async () => {
    const { body, text } = await at.ask('GET', '/v1/openapi.json');
    assert.doesNotMatch(text, /"nullable"/);
    const answer = body.paths['/v1/boards/{id}'].get.responses['200'].content['application/json'].schema;
    assert.deepEqual(answer.properties.notice.anyOf.at(-1), { type: 'null' });
  });
});

import assert from 'node:assert/strict';
import fc from 'fast-check';
import fastify from 'fastify';
import Type from 'typebox';
import { answerSchema } from '../../../src/server/http/answer-schema.ts';
import { type Endpoint, endpoints } from '../../../src/team/protocol/endpoints.ts';
import { type World, world } from './world.ts';

interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** Any value that a schema of the protocol has. */
function anyOfSchema(schema: Schema): fc.Arbitrary<unknown> {
  const { anyOf, properties = {}, items = {}, pattern, minimum, maximum } = schema;
  if (anyOf !== undefined) return fc.oneof(...anyOf.map(anyOfSchema));
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  if ('const' in schema) return fc.constant(schema.const);
  switch (schema.type) {
    case 'object':
      return fc.record(Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, anyOfSchema(one)])));
    case 'array':
      return fc.array(anyOfSchema(items), { maxLength: 3 });
    case 'string':
      return pattern === undefined
        ? fc.string({ unit: 'binary', maxLength: 20 })
        : fc.stringMatching(new RegExp(pattern));
    case 'integer':
      return fc.integer({ min: minimum ?? Number.MIN_SAFE_INTEGER, max: maximum ?? Number.MAX_SAFE_INTEGER });
    case 'number':
      return fc.double({ min: minimum ?? -1e9, max: maximum ?? 1e9, noNaN: true }).map((number) => number + 0);
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      throw new Error(`No values for ${JSON.stringify(schema)}.`);
  }
}

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

  it('whatever an endpoint may answer arrives as it is', async () => {
    const answers = (Object.entries(endpoints) as [string, Endpoint][]).flatMap(([name, { answer }]) =>
      answer === null ? [] : [{ name, schema: answer as Schema }],
    );
    assert.ok(answers.length > 30);
    const app = fastify();
    let told: unknown;
    for (const { name, schema } of answers) {
      app.get(`/${name}`, { schema: { response: answerSchema({ 200: schema }) as object } }, async () => told);
    }
    for (const { name, schema } of answers) {
      await fc.assert(
        fc.asyncProperty(anyOfSchema(schema), async (value) => {
          told = value;
          const { statusCode, body } = await app.inject(`/${name}`);
          assert.equal(statusCode, 200, body);
          assert.deepEqual(JSON.parse(body), JSON.parse(JSON.stringify(value)), name);
        }),
        { numRuns: 25 },
      );
    }
    await app.close();
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

import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { boardAnswers } from '../../../src/team/thread/board-answers.ts';
import { sayer } from '../../../src/team/thread/say.ts';
import { type World, world } from '../../server/http/world.ts';
import { joinTeam, open, type Person, person } from '../person.ts';
import { openWire, type Wire } from '../wire.ts';

const question = { ask: 'teamBoard', board: 0, window: '30d', metric: 'fresh' } as const;

describe('a board that is looked at', () => {
  let board: World;
  let wire: Wire;
  let ada: Person;
  beforeEach(async () => {
    board = await world();
    wire = await openWire(() => board.server.address);
    ada = person(board);
    await joinTeam(board, wire, ada, open('2026-11-01'));
  });
  afterEach(async () => {
    ada.end();
    await wire.close();
    await board.end();
  });

  it('is not asked for before the server wants to be asked, however often a page asks', async () => {
    let changes = 0;
    const { team } = ada;
    const say = sayer({ texts: () => ({}), organisation: () => 'Acme', policyFile: () => '' });
    const answers = boardAnswers({ team, say, wake: () => {}, changed: () => changes++ });
    assert.equal((await answers.board(question)).offline, undefined);
    wire.meddle((response, { path }) => {
      if (!path.startsWith('/v1/boards')) return false;
      response.writeHead(503, { 'retry-after': '600' }).end();
      return true;
    });
    board.clock.now += 6000;
    await answers.board(question);
    while (changes === 0) await sleep(5);
    const asked = wire.sent.length;
    for (let again = 0; again < 5; again++) {
      board.clock.now += 60_000;
      assert.notEqual((await answers.board(question)).offline, undefined);
      await sleep(20);
    }
    assert.equal(wire.sent.length, asked);
    wire.meddle(undefined);
    board.clock.now += 301_000;
    await answers.board(question);
    while (changes === 1) await sleep(5);
    assert.equal((await answers.board(question)).offline, undefined);
    answers.dispose();
  });
});

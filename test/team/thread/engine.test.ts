import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JoinChoice } from '../../../src/dashboard/protocol/team.ts';
import type { PolicyDraft } from '../../../src/team/protocol/policy.ts';
import { startEngine } from '../../../src/team/thread/engine.ts';
import type {
  FromTeamThread,
  TeamThreadAnswerTo,
  TeamThreadQuestion,
  TeamThreadSettings,
} from '../../../src/team/thread/thread-protocol.ts';
import { type World, world } from '../../server/http/world.ts';

const settings: TeamThreadSettings = {
  version: '1.0.0',
  texts: {},
  network: { proxy: '', proxies: true, noProxy: [], strict: true, systemCertificates: false },
  badges: undefined,
  maySend: true,
};
const choice: JoinChoice = {
  visibility: 'pseudonym',
  displayName: null,
  models: false,
  badges: false,
  timeBadges: false,
  excluded: [],
  since: new Date().toISOString().slice(0, 10),
};
const draft: PolicyDraft = {
  purpose: 'Learn from each other',
  organisation: 'Acme',
  contact: null,
  worksAgreement: null,
  usedForPay: false,
  cadence: 'daily',
  k: 5,
  topN: 250,
  quiet: false,
  metrics: ['fresh'],
  defaultMetric: 'fresh',
  budget: null,
};

describe('the engine of team sharing', () => {
  let home: string;
  let board: World | undefined;

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'tb-'));
  });

  afterEach(async () => {
    await board?.end();
    board = undefined;
    rmSync(home, { recursive: true, force: true });
  });

  function engine(policyFile?: string) {
    const secrets = new Map<string, string>();
    const troubles: string[] = [];
    let locked = false;
    const waiting = new Map<number, PromiseWithResolvers<unknown>>();
    let nextId = 1;
    const started = startEngine({ home, policyFile, settings }, (message: FromTeamThread) => {
      if (message.kind === 'trouble') troubles.push(message.message);
      if (message.kind === 'getSecret' && locked) {
        started.take({ kind: 'secretFailure', id: message.id, message: 'The keyring is locked.' });
      } else if (message.kind === 'getSecret') {
        started.take({ kind: 'secret', id: message.id, value: secrets.get(message.origin) });
      } else if (message.kind === 'setSecret') {
        if (message.value === undefined) secrets.delete(message.origin);
        else secrets.set(message.origin, message.value);
        started.take({ kind: 'secret', id: message.id, value: undefined });
      } else if (message.kind === 'answer') waiting.get(message.id)?.resolve(message.answer);
      else if (message.kind === 'failure') waiting.get(message.id)?.reject(new Error(message.message));
    });
    return {
      secrets,
      troubles,
      lock() {
        locked = true;
      },
      take: started.take,
      end: started.end,
      async ask<Asked extends TeamThreadQuestion>(question: Asked): Promise<TeamThreadAnswerTo<Asked>> {
        const id = nextId++;
        const answer = Promise.withResolvers<unknown>();
        waiting.set(id, answer);
        started.take({ kind: 'question', id, question });
        return (await answer.promise) as TeamThreadAnswerTo<Asked>;
      },
    };
  }

  it('obeys the machine’s policy before anything is asked, and says why', async () => {
    const policyFile = join(home, 'policy.json');
    writeFileSync(policyFile, '{"servers": ["https://board.example.org"]}');
    const { ask, end } = engine(policyFile);
    const offer = await ask({ ask: 'joinOffer', link: `http://127.0.0.1:1/join#${'a'.repeat(43)}` });
    assert.match(offer.forbidden ?? '', /switched team sharing off|other servers only/);
    assert.ok(offer.forbidden?.includes(policyFile), offer.forbidden);
    assert.equal(offer.policy, null);
    end();
  });

  it('sends nothing while the person has not said whether sharing is still wanted', async () => {
    board = await world('sqlite', { now: Date.now() });
    const { ask, take, end } = engine();
    await ask({ ask: 'joinOffer', link: `${board.server.address}/join#${await board.invite()}` });
    await ask({ ask: 'joinPreview', choice });
    assert.equal((await ask({ ask: 'join', choice })).state, 'on');
    const before = board.logged.length;
    take({ kind: 'settings', settings: { ...settings, maySend: false } });
    const { state, problem } = await ask({ ask: 'teamStatus' });
    assert.equal(state, 'asking');
    assert.match(problem ?? '', /Telemetry is switched off/);
    for (const question of [{ ask: 'share' }, { ask: 'syncNow' }, { ask: 'export' }] as const) {
      await assert.rejects(ask(question), /nothing is sent until you have said/);
    }
    assert.equal(board.logged.length, before);
    end();
  });

  it('goes on where the editor’s secret storage is locked, and says so in the log', async () => {
    board = await world('sqlite', { now: Date.now() });
    const { ask, take, lock, troubles, end } = engine();
    await ask({ ask: 'joinOffer', link: `${board.server.address}/join#${await board.invite()}` });
    await ask({ ask: 'joinPreview', choice });
    await ask({ ask: 'join', choice });
    lock();
    take({ kind: 'settings', settings });
    while (troubles.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    assert.match(troubles.join(), /keyring is locked/);
    end();
  });

  it('lets the owner state the policy by the set-up link, and invite', async () => {
    board = await world('sqlite', { owned: false, now: Date.now() });
    const { ask, secrets, end } = engine();
    const offer = await ask({ ask: 'joinOffer', link: board.server.setUpLink ?? '' });
    assert.equal(offer.policy, null);
    const view = await ask({ ask: 'statePolicy', draft });
    assert.equal(view.policy?.organisation, 'Acme');
    assert.deepEqual([...secrets.keys()], [board.server.address], 'tokens are kept under the one server’s origin');
    const status = await ask({ ask: 'teamStatus' });
    assert.deepEqual([status.state, status.organisation, status.role], ['asking', 'Acme', 'owner']);
    const { url } = await ask({ ask: 'createInvite', uses: 3, days: 7, team: null, role: 'member' });
    assert.ok(url.startsWith(`${board.server.address}/join#`), url);
    assert.equal((await ask({ ask: 'owner' })).invites.length, 1);
    assert.equal((await ask({ ask: 'leave' })).state, 'off');
    assert.equal(secrets.size, 0);
    assert.ok(!existsSync(join(home, '.local', 'share', 'tokenboard', 'team', 'team.db')));
    end();
  });
});

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cline } from '../../src/readers/cline.ts';
import { kiloCode } from '../../src/readers/kilo-code.ts';
import type { Machine } from '../../src/readers/reader.ts';
import { rooCode } from '../../src/readers/roo-code.ts';
import { type CountedHome, countedHome } from './counted-home.ts';
import { fixtureHome } from './fixture-home.ts';
import { homeUsage } from './home-usage.ts';

const storage = '.vscode-server/data/User/globalStorage/saoudrizwan.claude-dev';
const task = `${storage}/tasks/1778572800000`;
const made = Date.UTC(2026, 4, 12, 9);

interface Usage {
  readonly tokensIn?: number;
  readonly tokensOut?: number;
  readonly cacheReads?: number;
}

function say(at: number, usage: Usage, name = 'api_req_started'): object {
  return { ts: made + at, type: 'say', say: name, text: JSON.stringify({ request: 'Add a cart', ...usage }) };
}

describe('Cline', () => {
  let home = '';
  let usage: CountedHome;

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'tokenboard-home-'));
    usage = countedHome(home);
  });

  afterEach(() => {
    usage.close();
    rmSync(home, { recursive: true, force: true });
  });

  function write(file: string, value: unknown): void {
    mkdirSync(dirname(join(home, file)), { recursive: true });
    writeFileSync(join(home, file), JSON.stringify(value));
  }

  /** The output by model, once the task's messages are these. */
  async function outputs(...messages: readonly object[]): Promise<Record<string, number>> {
    write(`${task}/ui_messages.json`, messages);
    await usage.scan();
    const models = Object.entries(usage.totals().cline ?? {});
    return Object.fromEntries(models.map(([model, { output }]) => [model, output]));
  }

  describe('places', () => {
    const dirs = (machine: Machine) => cline.logs(machine).map(({ dir }) => dir);

    it("are the extension's tasks and the command's sessions", () => {
      const linux = dirs({ home: '/home/ada', platform: 'linux', env: {} });
      assert.deepEqual(linux.slice(-2), ['/home/ada/.cline/data/tasks', '/home/ada/.cline/data/sessions']);
      assert.ok(linux.includes('/home/ada/.config/Code/User/globalStorage/saoudrizwan.claude-dev/tasks'));
      const windows = dirs({ home: 'C:\\Users\\ada', platform: 'win32', env: {} });
      assert.ok(windows.includes('C:/Users/ada/AppData/Roaming/Code/User/globalStorage/saoudrizwan.claude-dev/tasks'));
      assert.equal(windows.at(-1), 'C:/Users/ada/.cline/data/sessions');
    });

    it('are where the environment says', () => {
      const last = (env: Machine['env']) => dirs({ home: '/home/ada', platform: 'linux', env }).slice(-2);
      assert.deepEqual(last({ CLINE_DIR: '/c' }), ['/c/data/tasks', '/c/data/sessions']);
      assert.deepEqual(last({ CLINE_DIR: '/c', CLINE_DATA_DIR: '/d/' }), ['/d/tasks', '/d/sessions']);
      assert.deepEqual(last({ CLINE_DATA_DIR: '/d', CLINE_SESSION_DATA_DIR: '/s' }), ['/d/tasks', '/s']);
    });

    it("are among Windows' folders in WSL", () => {
      const env = { WSL_DISTRO_NAME: 'Ubuntu' };
      for (const [reader, extension] of [
        [cline, 'saoudrizwan.claude-dev'],
        [rooCode, 'rooveterinaryinc.roo-cline'],
        [kiloCode, 'kilocode.kilo-code'],
      ] as const) {
        const places = reader.logs({ home: '/home/ada', platform: 'linux', env });
        const place = places.find(({ dir }) => dir === '/mnt/c/Users') ?? assert.fail(extension);
        const file = `Ada/AppData/Roaming/Code/User/globalStorage/${extension}/tasks/177/ui_messages.json`;
        assert.ok(place.files.test(file), file);
        assert.ok(place.enter?.test(dirname(file)) && !place.enter.test('Ada/AppData/Roaming/Code/User/History'));
        assert.ok(!place.files.test(file.replace('.', 'x')), 'dots are dots');
      }
    });
  });

  it('tells project, session, cost and who asked', () => {
    const requests = homeUsage(cline, fixtureHome('cline', 'requests'));
    requests.read();
    assert.deepEqual([...new Set(requests.requests().map(({ project }) => project))], ['/home/ada/shop (old)']);
    assert.deepEqual([...new Set(requests.requests().map(({ session }) => session))], ['1778572800000']);
    assert.deepEqual(
      requests.requests().map(({ reportedUSD }) => reportedUSD),
      [0.0123, 0.01, undefined, undefined, undefined, 0.002],
    );
    assert.deepEqual(
      requests.requests().map(({ subagent }) => subagent),
      [undefined, undefined, undefined, undefined, undefined, true],
    );
    const listed = homeUsage(cline, fixtureHome('cline', 'taken-back'));
    listed.read();
    assert.deepEqual([...new Set(listed.requests().map(({ project }) => project))], ['/home/ada/blog']);
  });

  it("gives a session's subagents to the session", async () => {
    const counted = countedHome(fixtureHome('cline', 'sessions'));
    await counted.scan();
    const helper = counted.tallies().filter(({ subagent }) => subagent);
    assert.deepEqual(
      helper.map(({ model, session, project }) => [model, session, project]),
      [['claude-haiku-4-5', '1785320464923_k3x', '/home/ada/engine']],
    );
    counted.close();
  });

  it('counts a request as soon as its tokens are told, and as often as they grow', async () => {
    assert.deepEqual(await outputs(say(0, {})), {});
    assert.deepEqual(await outputs(say(0, { tokensIn: 10, tokensOut: 1 })), { unknown: 1 });
    assert.deepEqual(await outputs(say(0, { tokensIn: 10, tokensOut: 7 }), say(9, {})), { unknown: 7 });
    assert.equal(usage.modelTallies()[0]?.events, 1);
  });

  it('keeps the model that a request was made with when another is chosen', async () => {
    const models = (...ids: readonly string[]) =>
      write(`${task}/task_metadata.json`, {
        model_usage: ids.map((id, i) => ({ ts: made + i * 1000 + 1, model_id: id, model_provider_id: 'anthropic' })),
      });
    models('claude-a');
    assert.deepEqual(await outputs(say(0, { tokensOut: 1 })), { 'claude-a': 1 });
    models('claude-a', 'claude-b');
    const both = [say(0, { tokensOut: 1 }), say(1000, { tokensOut: 2 })];
    assert.deepEqual(await outputs(...both), { 'claude-a': 1, 'claude-b': 2 });
    rmSync(join(home, `${task}/task_metadata.json`));
    assert.deepEqual(await outputs(...both, say(2000, {})), { 'claude-a': 1, 'claude-b': 2 });
  });

  describe('when a task is taken back to an earlier message', () => {
    const [a, b, c] = [1, 10, 100].map((tokensOut, i) => say(i, { tokensIn: 0, tokensOut })) as [
      object,
      object,
      object,
    ];

    it('counts what was deleted once, though the task sums it up', async () => {
      assert.deepEqual(await outputs(a, b, c), { unknown: 111 });
      assert.deepEqual(await outputs(a), { unknown: 111 });
      const sum = say(5, { tokensOut: 110 }, 'deleted_api_reqs');
      assert.deepEqual(await outputs(a, sum), { unknown: 111 });
      const next = say(6, { tokensOut: 1000 });
      assert.deepEqual(await outputs(a, sum, next), { unknown: 1111 });
      assert.deepEqual(await outputs(say(7, { tokensOut: 1111 }, 'deleted_api_reqs')), { unknown: 1111 });
    });

    it('counts what was deleted before anybody read it', async () => {
      assert.deepEqual(await outputs(a, b), { unknown: 11 });
      const sum = say(5, { tokensOut: 110 }, 'deleted_api_reqs');
      assert.deepEqual(await outputs(a, sum), { unknown: 111 });
      assert.deepEqual(await outputs(a, sum, say(6, { tokensOut: 1000 })), { unknown: 1111 });
    });
  });
});

import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { copilotChat } from '../../src/readers/copilot-chat.ts';
import { type CountedHome, countedHome } from './counted-home.ts';
import { fixtureHome } from './fixture-home.ts';
import { homeUsage } from './home-usage.ts';

const user = '.vscode-server/data/User';
const session = '5e550000-0000-4000-8000-0000000000aa';
const made = Date.UTC(2026, 4, 12, 9);
const chat = `${user}/workspaceStorage/w1/chatSessions/${session}.jsonl`;
const debugLog = `${user}/workspaceStorage/w1/GitHub.copilot-chat/debug-logs/${session}/main.jsonl`;

function lines(...values: readonly unknown[]): string {
  return values.map((value) => `${JSON.stringify(value)}\n`).join('');
}

function request(number: number, at: number, more: object = {}): object {
  const requestId = `request_00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
  const message = { text: 'Add a cart to the shop.' };
  return { requestId, timestamp: at, modelId: 'copilot/gpt-5', message, response: [], ...more };
}

function start(...requests: readonly object[]): object {
  return { kind: 0, v: { version: 3, creationDate: made, sessionId: session, requests } };
}

function call(number: number, at: number, inputTokens: number, outputTokens: number): object {
  const attrs = { model: 'gpt-5', inputTokens, outputTokens, cachedTokens: 0 };
  return { ts: at, dur: 9, sid: session, type: 'llm_request', spanId: `000${number}`, status: 'ok', attrs };
}

describe('GitHub Copilot Chat', () => {
  const opened: { readonly close: () => void }[] = [];
  let home = '';

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'tokenboard-home-'));
  });

  afterEach(() => {
    for (const usage of opened.splice(0)) usage.close();
    rmSync(home, { recursive: true, force: true });
  });

  function open(folder = home): CountedHome {
    const usage = countedHome(folder);
    opened.push(usage);
    return usage;
  }

  function write(file: string, text: string): void {
    mkdirSync(dirname(join(home, file)), { recursive: true });
    writeFileSync(join(home, file), text);
  }

  function append(file: string, ...values: readonly unknown[]): void {
    appendFileSync(join(home, file), lines(...values));
  }

  /** Input and output so far. */
  async function counted(usage: CountedHome): Promise<readonly [number, number]> {
    await usage.scan();
    const models = Object.values(usage.totals()['copilot-chat'] ?? {});
    return [models.reduce((sum, { input }) => sum + input, 0), models.reduce((sum, { output }) => sum + output, 0)];
  }

  it('gives each session the project of its workspace', async () => {
    const projects = async (name: string) => {
      const usage = open(fixtureHome('copilot-chat', name));
      await usage.scan();
      return [...new Set(usage.tallies().map(({ project }) => project))].sort();
    };
    assert.deepEqual(await projects('event-log'), ['/home/ada/web shop']);
    assert.deepEqual(await projects('estimates'), ['', 'C:\\Users\\Ada\\shop']);
    assert.ok((await projects('twice-told')).includes('/srv/all.code-workspace'));
  });

  it('marks as an estimate what has only its text, and nothing else', () => {
    for (const [name, estimates] of [
      ['estimates', true],
      ['event-log', undefined],
      ['debug-log', undefined],
    ] as const) {
      const usage = homeUsage(copilotChat, fixtureHome('copilot-chat', name));
      usage.read();
      for (const { estimated } of usage.requests()) assert.equal(estimated, estimates, name);
    }
  });

  it('puts counts in the place of the estimate for the same request', async () => {
    write(chat, lines(start(request(1, made))));
    const usage = open();
    assert.deepEqual(await counted(usage), [6, 0]);
    append(chat, { kind: 2, k: ['requests', 0, 'response'], v: [{ value: 'I add it now.' }] });
    assert.deepEqual(await counted(usage), [6, 4]);
    append(chat, { kind: 1, k: ['requests', 0, 'promptTokens'], v: 5000 });
    append(chat, { kind: 1, k: ['requests', 0, 'completionTokens'], v: 3 });
    assert.deepEqual(await counted(usage), [5000, 3]);
    append(chat, { kind: 2, k: ['requests', 0, 'response'], v: [{ value: 'A long text.'.repeat(9999) }] });
    assert.deepEqual(await counted(usage), [5000, 3]);
    assert.equal(
      usage.modelTallies().reduce((sum, { estimatedTokens }) => sum + estimatedTokens, 0),
      0,
    );
  });

  it('keeps what a person takes back or deletes', async () => {
    const told = { promptTokens: 100, completionTokens: 10 };
    write(chat, lines(start(request(1, made, told), request(2, made + 1000, told))));
    const usage = open();
    assert.deepEqual(await counted(usage), [200, 20]);
    append(chat, { kind: 2, k: ['requests'], i: 1 }, { kind: 2, k: ['requests'], v: [request(3, made + 2000, told)] });
    assert.deepEqual(await counted(usage), [300, 30]);
    append(chat, { kind: 1, k: ['requests', 1, 'completionTokens'], v: 50 });
    assert.deepEqual(await counted(usage), [300, 70]);
    append(chat, { kind: 3, k: ['requests'] });
    assert.deepEqual(await counted(usage), [300, 70]);
  });

  it('counts the same when the log is written anew in short', async () => {
    write(chat, lines(start(request(1, made)), { kind: 1, k: ['requests', 0, 'promptTokens'], v: 70 }));
    const usage = open();
    assert.deepEqual(await counted(usage), [70, 0]);
    write(chat, lines(start(request(1, made, { promptTokens: 80, completionTokens: 8 }))));
    assert.deepEqual(await counted(usage), [80, 8]);
    append(chat, { kind: 2, k: ['requests'], v: [request(2, made + 1000, { promptTokens: 1, completionTokens: 2 })] });
    assert.deepEqual(await counted(usage), [81, 10]);
  });

  describe('with a debug log', () => {
    const told = { promptTokens: 900, completionTokens: 90 };

    it('counts its calls in place of a request that was read before', async () => {
      write(chat, lines(start(request(1, made, told))));
      const usage = open();
      assert.deepEqual(await counted(usage), [900, 90]);
      write(debugLog, lines(call(1, made + 100, 700, 30), call(2, made + 200, 900, 60)));
      assert.deepEqual(await counted(usage), [1600, 90]);
      assert.equal(usage.modelTallies()[0]?.events, 2);
    });

    it('counts its calls in place of a request that comes later', async () => {
      write(debugLog, lines(call(1, made + 100, 700, 30)));
      const usage = open();
      assert.deepEqual(await counted(usage), [700, 30]);
      write(chat, lines(start(request(1, made, told))));
      assert.deepEqual(await counted(usage), [700, 30]);
      append(chat, { kind: 2, k: ['requests'], v: [request(2, made + 60_000, told)] });
      assert.deepEqual(await counted(usage), [700, 30]);
      append(debugLog, call(2, made + 60_100, 1000, 5));
      assert.deepEqual(await counted(usage), [1700, 35]);
    });

    it('keeps requests of the time before it began', async () => {
      write(chat, lines(start(request(1, made, told), request(2, made + 120_000, told))));
      write(debugLog, lines(call(1, made + 120_100, 700, 30)));
      assert.deepEqual(await counted(open()), [1600, 120]);
    });

    it('counts nothing twice when the debug log is deleted', async () => {
      write(chat, lines(start(request(1, made, told))));
      write(debugLog, lines(call(1, made + 100, 700, 30)));
      const usage = open();
      assert.deepEqual(await counted(usage), [700, 30]);
      rmSync(join(home, debugLog));
      append(chat, { kind: 1, k: ['requests', 0, 'completionTokens'], v: 95 });
      assert.deepEqual(await counted(usage), [700, 30]);
    });

    it("counts subagents' calls for the session that a person sees", async () => {
      const usage = open(fixtureHome('copilot-chat', 'debug-log'));
      await usage.scan();
      const [helper] = usage.tallies().filter(({ subagent }) => subagent);
      assert.deepEqual([helper?.model, helper?.session], ['claude-haiku-4.5', '5e550000-0000-4000-8000-000000000008']);
      assert.equal(usage.tallies().filter(({ subagent }) => subagent).length, 1);
    });
  });
});

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { claudeCode } from '../../src/readers/claude-code.ts';
import type { Machine } from '../../src/readers/reader.ts';
import { quarterMs } from '../../src/usage/tally.ts';
import { type CountedHome, countedHome } from './counted-home.ts';
import { fixtureHome } from './fixture-home.ts';
import { homeUsage } from './home-usage.ts';

const sonnet = 'claude-sonnet-4-5-20250929';
const [sessionA, sessionB] = ['0000000a-1111-4222-8333-00000000000a', '0000000b-1111-4222-8333-00000000000b'];

/** One line of a transcript. */
function request(id: string, output: number, text = ''): string {
  const usage = { input_tokens: 1, output_tokens: output };
  const message = { id, model: sonnet, role: 'assistant', content: [{ type: 'text', text }], usage };
  return JSON.stringify({ type: 'assistant', sessionId: 's', timestamp: '2026-03-10T09:00:00.000Z', message });
}

describe('Claude Code', () => {
  const opened: { readonly close: () => void }[] = [];

  function open(home: string, machine: Partial<Machine> = {}): CountedHome {
    const usage = countedHome(home, machine);
    opened.push(usage);
    return usage;
  }

  async function counted(name: string): Promise<CountedHome> {
    const usage = open(fixtureHome('claude-code', name));
    await usage.scan();
    return usage;
  }

  /** A home with these logs, removed after the test. */
  function homeWith(logs: Readonly<Record<string, string>>): string {
    const home = mkdtempSync(join(tmpdir(), 'tokenboard-home-'));
    opened.push({ close: () => rmSync(home, { recursive: true, force: true }) });
    for (const [path, text] of Object.entries(logs)) {
      mkdirSync(dirname(join(home, path)), { recursive: true });
      writeFileSync(join(home, path), text);
    }
    return home;
  }

  /** What each session, project, branch and kind of agent has put out. */
  function outputs(usage: CountedHome): Record<string, number> {
    return Object.fromEntries(
      Object.entries(usage.bySession()).map(([name, { output }]) => [
        name.replace('claude-code · ', '').replace(sonnet, 'sonnet'),
        output,
      ]),
    );
  }

  afterEach(() => {
    for (const usage of opened.splice(0).reverse()) usage.close();
  });

  describe('places', () => {
    const dirs = (machine: Machine) => claudeCode.logs(machine).map(({ dir }) => dir);

    it('are below the home on every system', () => {
      const [linux, mac, windows] = [
        { home: '/home/ada', platform: 'linux', env: {} },
        { home: '/Users/ada', platform: 'darwin', env: {} },
        { home: 'C:\\Users\\ada', platform: 'win32', env: {} },
      ] as const;
      const common = (home: string) => [
        `${home}/.claude/projects`,
        `${home}/.config/claude/projects`,
        `${home}/.claude/transcripts`,
      ];
      assert.deepEqual(dirs(linux), [
        ...common('/home/ada'),
        '/home/ada/.config/CherryStudio/.claude/projects',
        '/home/ada/.config/CherryStudio/Data/Agents/.claude/projects',
        '/home/ada/.cc-mirror',
      ]);
      assert.deepEqual(dirs(mac), [
        ...common('/Users/ada'),
        '/Users/ada/Library/Application Support/CherryStudio/.claude/projects',
        '/Users/ada/Library/Application Support/CherryStudio/Data/Agents/.claude/projects',
        '/Users/ada/.cc-mirror',
      ]);
      assert.deepEqual(dirs(windows), [
        ...common('C:/Users/ada'),
        'C:/Users/ada/AppData/Roaming/CherryStudio/.claude/projects',
        'C:/Users/ada/AppData/Roaming/CherryStudio/Data/Agents/.claude/projects',
        'C:/Users/ada/.cc-mirror',
      ]);
    });

    it('follow XDG_CONFIG_HOME and APPDATA', () => {
      const linux = dirs({ home: '/home/ada', platform: 'linux', env: { XDG_CONFIG_HOME: '/x/config' } });
      assert.ok(linux.includes('/x/config/claude/projects'));
      assert.ok(linux.includes('/x/config/CherryStudio/.claude/projects'));
      const windows = dirs({ home: 'C:/Users/ada', platform: 'win32', env: { APPDATA: 'D:\\Roaming' } });
      assert.ok(windows.includes('D:/Roaming/CherryStudio/.claude/projects'));
    });

    it('are those that CLAUDE_CONFIG_DIR names, a list, with or without the folder of projects', () => {
      const named = (platform: NodeJS.Platform, list: string) =>
        dirs({ home: '/home/ada', platform, env: { CLAUDE_CONFIG_DIR: list } }).slice(0, -4);
      assert.deepEqual(named('linux', ' /a/.claude/ ,/b/projects,, /c/projects/,/a/.claude'), [
        '/a/.claude/projects',
        '/b/projects',
        '/c/projects',
      ]);
      assert.deepEqual(named('win32', 'D:\\claude,E:\\work\\projects\\'), ['D:/claude/projects', 'E:/work/projects']);
      assert.deepEqual(named('linux', ' , '), ['/home/ada/.claude/projects', '/home/ada/.config/claude/projects']);
    });

    it('are read, wherever they are', async () => {
      const home = homeWith({
        'one/projects/-app/a.jsonl': request('msg_1', 1),
        'two/projects/-app/b.jsonl': request('msg_2', 10),
        '.claude/projects/-app/c.jsonl': request('msg_3', 100),
        'config/claude/projects/-app/d.jsonl': request('msg_4', 1000),
        '.config/CherryStudio/.claude/projects/-app/e.jsonl': request('msg_5', 10_000),
      });
      const total = async (env: Machine['env']) => {
        const usage = open(home, { platform: 'linux', env });
        await usage.scan();
        return usage.totals()['claude-code']?.[sonnet]?.output;
      };
      assert.equal(await total({}), 10_100);
      assert.equal(await total({ XDG_CONFIG_HOME: `${home}/config` }), 1100);
      assert.equal(await total({ CLAUDE_CONFIG_DIR: `${home}/one, ${home}/two/projects/` }), 10_011);
    });
  });

  it('gives each request to the session, project and branch that made it', async () => {
    assert.deepEqual(outputs(await counted('attribution')), {
      [`sonnet · ${sessionA} · /home/dev/app · feature/x · main`]: 300,
      [`sonnet · ${sessionA} · C:\\Users\\dev\\app · main · main`]: 40,
      [`sonnet · ${sessionA} ·  ·  · main`]: 50,
      [`sonnet · ${sessionA} · /home/dev/app · main · subagent`]: 60,
      [`sonnet · ${sessionB} · /home/dev/app ·  · main`]: 70,
    });
  });

  it('counts a request where it began, though it ended on the next day', async () => {
    const [begun] = (await counted('attribution')).modelTallies().filter(({ output }) => output === 300);
    assert.equal((begun?.quarter ?? 0) * quarterMs, Date.parse('2026-03-10T23:45:00.000Z'));
  });

  it("leaves copied requests to the session that a fork's lines name, though it is gone", async () => {
    assert.deepEqual(outputs(await counted('forked')), {
      [`sonnet · ${sessionB} · /home/dev/app · main · main`]: 300,
      [`sonnet · ${sessionA} · /home/dev/fork · fork · main`]: 2,
      'sonnet · 0000000d-1111-4222-8333-00000000000d · /home/dev/app · main · main': 5,
    });
  });

  it('leaves to the parent what its agents copy, and gives them what they ask themselves', async () => {
    assert.deepEqual(outputs(await counted('agents-that-copy')), {
      [`sonnet · ${sessionA} · /home/dev/app · main · main`]: 120,
      [`sonnet · ${sessionA} · /home/dev/app · main · subagent`]: 670,
    });
  });

  for (const [name, sessions] of [
    ['subagents', [sessionA]],
    ['progress', [sessionA]],
    ['old-layouts', [sessionA, sessionB]],
  ] as const)
    it(`counts subagents for their session (${name})`, async () => {
      const tallies = (await counted(name)).tallies();
      assert.deepEqual([...new Set(tallies.map(({ session }) => session))].sort(), sessions);
      for (const { model, subagent } of tallies) assert.equal(subagent, model !== sonnet, model);
    });

  it('tells what changes the price: tiers, searches, kinds of cache writes, a reported cost', () => {
    const usage = homeUsage(claudeCode, fixtureHome('claude-code', 'prices'));
    usage.read();
    const found = usage.requests();
    assert.deepEqual(
      found.map(({ tier }) => tier),
      ['fast', 'priority', 'batch', undefined, undefined, undefined],
    );
    assert.deepEqual(
      found.map(({ webSearches }) => webSearches),
      [0, 0, 0, 3, 0, 0],
    );
    assert.deepEqual(
      found.map(({ reportedUSD }) => reportedUSD),
      [undefined, undefined, undefined, undefined, 0.0123, undefined],
    );
    assert.deepEqual([found[5]?.tokens.cacheWrite5m, found[5]?.tokens.cacheWrite1h], [200, 100]);
  });

  it('tells cache writes for five minutes from those for an hour', () => {
    const usage = homeUsage(claudeCode, fixtureHome('claude-code', 'cache-writes'));
    usage.read();
    assert.deepEqual(
      usage.requests().map(({ tokens }) => [tokens.cacheWrite5m, tokens.cacheWrite1h]),
      [
        [500, 0],
        [400, 600],
        [70, 30],
        [0, 9],
        [25, 15],
      ],
    );
  });

  it('reads lines of any length, also while they are written', async () => {
    const lengths = [249_000, 5, 262_144 - 150, 262_144, 600_000, 5];
    const lines = lengths.map(
      (length, index) => `${request(`msg_${index}`, 10 ** index, 'x"{\\'.repeat(length / 4))}\n`,
    );
    const text = lines.join('');
    const home = homeWith({ '.claude/projects/-app/a.jsonl': text });
    const file = join(home, '.claude/projects/-app/a.jsonl');
    const output = (usage: CountedHome) => usage.totals()['claude-code']?.[sonnet]?.output ?? 0;
    const growing = open(home);
    let end = 0;
    for (const [index, line] of lines.entries()) {
      end += line.length;
      for (const [length, whole] of [
        [end - Math.floor(line.length / 2), index],
        [end - 2, index],
        [end - 1, index + 1],
        [end, index + 1],
      ] as const) {
        writeFileSync(file, text);
        truncateSync(file, length);
        await growing.scan();
        assert.equal(output(growing), Number('1'.repeat(whole)), `${length} bytes`);
      }
    }
  });
});

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { pipedText } from '../../src/cli/piped-text.ts';
import { placeholders, readFormat } from '../../src/cli/statusline-format.ts';
import { openLedger } from '../../src/ledger/ledger.ts';
import { latestLimits } from '../../src/ledger/limits.ts';
import { dataDir, machineOf } from '../../src/ledger/machine.ts';
import { isScanDue, takeScanLock } from '../../src/ledger/scan-lock.ts';
import { builtCommand, newHome, type Run, tokenboard, writeClaudeLog } from './command.ts';

const hour = 3_600_000;
const seconds = (time: number): number => Math.floor(time / 1000);

/** A home with two requests today, UTC, in two sessions on two branches, and one on the day before; all of it counted. */
async function countedHome(): Promise<string> {
  const home = newHome();
  const midnight = new Date().setUTCHours(0, 0, 0, 0);
  const project = join(home, 'shop');
  const log = (id: string, time: number, branch: string, tokens: readonly [number, number, number, number, number]) =>
    writeClaudeLog(home, `p/${id}.jsonl`, [
      { id, session: `session-${id}`, time: new Date(time).toISOString(), cwd: project, branch, tokens },
    ]);
  log('a', midnight, 'main', [1_000_000, 0, 2_000_000, 0, 0]);
  log('b', midnight, 'fix/cart', [0, 40_000, 0, 0, 0]);
  log('c', midnight - 1, 'main', [0, 1, 0, 0, 0]);
  await tokenboard(['scan', '--home', home]);
  return home;
}

function statusline(home: string, format?: string, told?: unknown, ...flags: readonly string[]): Promise<Run> {
  const args = ['statusline', '--home', home, ...(format === undefined ? [] : ['--format', format]), ...flags];
  return tokenboard(args, {}, typeof told === 'string' ? told : JSON.stringify(told));
}

async function line(...asked: Parameters<typeof statusline>): Promise<string> {
  const { code, out, err } = await statusline(...asked);
  assert.deepEqual([code, err], [0, '']);
  assert.match(out, /^[^\n]*\n$/);
  return out.slice(0, -1);
}

/** What Claude Code tells, with limits that end in an hour and in a day. */
function told(fiveHours: number | undefined, week?: number, session = 'session-a', ends = Date.now() + hour): unknown {
  const limit = (used: number | undefined, end: number): unknown =>
    used === undefined ? undefined : { used_percentage: used, resets_at: seconds(end) };
  return {
    hook_event_name: 'Status',
    session_id: session,
    transcript_path: '/nowhere.jsonl',
    cwd: '/elsewhere',
    model: { id: 'claude-opus-4-5-20251101', display_name: 'Opus 4.5' },
    workspace: { current_dir: '/elsewhere', project_dir: '/elsewhere' },
    version: '2.1.80',
    cost: { total_cost_usd: 0.1 },
    context_window: { used_percentage: 12.7, context_window_size: 200_000 },
    rate_limits: { five_hour: limit(fiveHours, ends), seven_day: limit(week, ends + 23 * hour) },
  };
}

function keptLimits(home: string): readonly (readonly [string, number, number])[] {
  const ledger = openLedger(machineOf(home));
  try {
    return latestLimits(ledger).map(({ tool, windowMinutes, usedPercent }) => [tool, windowMinutes, usedPercent]);
  } finally {
    ledger.close();
  }
}

describe('tokenboard statusline', () => {
  it('tells today in one line', async () => {
    assert.equal(await line(await countedHome()), '3M today · 1M fresh · ≈ $7.00 list price');
  });

  it('is about the day of the zone that is asked for', async () => {
    const home = await countedHome();
    const east = await line(home, '{requests}', undefined, '--timezone', 'Etc/GMT-1');
    assert.equal(east, '3');
  });

  it('shows a limit that is near, and keeps what it was told', async () => {
    const home = await countedHome();
    assert.match(await line(home, undefined, told(82.9, 41)), / list price · 5h 82%$/);
    assert.match(await line(home), / list price · 5h 82%$/, 'also without being told');
    assert.deepEqual(keptLimits(home), [
      ['claude-code', 300, 82.9],
      ['claude-code', 10_080, 41],
    ]);
    assert.match((await tokenboard(['doctor', '--home', home])).out, /5-hour limit: 83% used/);
  });

  it('believes a session that tells something new, not one that repeats itself', async () => {
    const home = await countedHome();
    const ends = Date.now() + hour;
    const used = (percent: number, session: string) => line(home, '{limit.5h}', told(percent, 5, session, ends));
    assert.equal(await used(50, 'one'), '50%');
    assert.equal(await used(80, 'two'), '80%');
    assert.equal(await used(50, 'one'), '80%');
    assert.equal(await used(30, 'one'), '30%', 'the plan was changed');
    assert.deepEqual(keptLimits(home)[0], ['claude-code', 300, 30]);
  });

  it('does not believe in limits whose window has ended, or that make no sense', async () => {
    const home = await countedHome();
    const strange = { rate_limits: { five_hour: { used_percentage: 'x' }, seven_day: { used_percentage: -1 } } };
    for (const one of [
      told(99, 99, 's', Date.now() - 24 * hour),
      strange,
      { rate_limits: null },
      { rate_limits: [] },
    ]) {
      assert.equal(await line(home, '{limit}{limit.5h}{limit.week}', one), '');
    }
    assert.deepEqual(keptLimits(home), []);
  });

  it('fills every placeholder', async () => {
    const home = await countedHome();
    const project = join(home, 'shop');
    mkdirSync(join(project, '.git'), { recursive: true });
    mkdirSync(join(project, 'src'));
    writeFileSync(join(project, '.git', 'HEAD'), 'ref: refs/heads/fix/cart\n');
    const workspace = { current_dir: join(project, 'src') };
    const all = { ...(told(61, 80, 'session-a', Date.now() + hour + 30_000) as object), workspace };
    const values: Readonly<Record<(typeof placeholders)[number], string>> = {
      tokens: '3M',
      fresh: '1M',
      cost: '$7.00',
      requests: '2',
      'session.tokens': '3M',
      'session.fresh': '1M',
      'session.cost': '$6.00',
      branch: 'fix/cart',
      'branch.tokens': '40K',
      'branch.fresh': '40K',
      'branch.cost': '$1.00',
      limit: 'week 80%',
      'limit.5h': '61%',
      'limit.5h.reset': '1h 1m',
      'limit.week': '80%',
      'limit.week.reset': '1d 0h',
      model: 'Opus 4.5',
      context: '12%',
    };
    const format = placeholders.map((name) => `{${name}}`).join(';');
    assert.deepEqual((await line(home, format, all)).split(';'), Object.values(values));
    const { out } = await tokenboard(['statusline', '--help']);
    for (const name of placeholders) assert.ok(out.includes(`{${name}}`), `${name} is not in the help`);
  });

  it('leaves out what it does not know', async () => {
    const home = await countedHome();
    const format = '{tokens} · session {session.tokens} | {branch} {branch.tokens} · 5h {limit.5h} ({limit.5h.reset})';
    assert.equal(await line(home, format, { cwd: home }), '3M');
    assert.equal(await line(home, '{model} · {context} · x'), 'claude-opus-4-5-20251101 · x');
  });

  it('has colours only where they are wanted, and no control characters of others', async () => {
    const home = await countedHome();
    assert.equal(await line(home, '{limit.5h}', told(99)), '99%');
    assert.equal(await line(home, '{limit.5h}', told(99), '--color'), '\u001b[33m99%\u001b[39m');
    assert.equal(await line(home, '{limit.5h}', told(100), '--color'), '\u001b[31m100%\u001b[39m');
    assert.equal(await line(home, '{model}', { model: { display_name: 'a\u001b[2Jb\nc' } }), 'a?[2Jb?c');
  });

  it('answers a placeholder that there is not with one sentence', async () => {
    const home = newHome();
    for (const [format, hint] of [
      ['{tokns}', 'did you mean {tokens}?'],
      ['{}', "see 'tokenboard statusline --help'."],
    ] as const) {
      const { code, out, err } = await statusline(home, format);
      assert.deepEqual([code, out], [2, '']);
      assert.equal(err, `tokenboard: --format has ${format}, which stands for nothing; ${hint}\n`);
    }
  });

  for (const [name, piped] of [
    ['nothing', ''],
    ['garbage', '{"session_id": "session-a", "rate_limits": {'],
    ['another kind of JSON', '[null]'],
    ['three megabytes', `{"model":{"display_name":"${'x'.repeat(3_000_000)}"}}`],
  ] as const) {
    it(`takes ${name} calmly`, async () => assert.equal(await line(await countedHome(), '{tokens}', piped), '3M'));
  }

  it('does not wait for a pipe in which nothing comes', async () => {
    const home = await countedHome();
    const child = spawn(process.execPath, [await builtCommand(), 'statusline', '--home', home], {
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const code = await new Promise((resolve) => child.once('close', resolve));
    child.stdin.destroy();
    assert.equal(code, 0);
  });

  it('says nothing bad where there is no ledger yet, and sees to it that there soon is', async () => {
    const home = await countedHome();
    rmSync(dataDir(machineOf(home)), { recursive: true });
    assert.equal(await line(home, undefined, told(82)), '0 today · 5h 82%');
    for (let waited = 0; (await line(home, '{tokens}')) !== '3M'; waited += 100) {
      assert.ok(waited < 20_000, 'no scan happened in the background');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  });

  it('fails with a sentence when the ledger is of a newer version', async () => {
    const home = await countedHome();
    const ledger = openLedger(machineOf(home));
    ledger.database.exec('PRAGMA user_version = 99');
    ledger.close();
    const { code, out, err } = await statusline(home);
    assert.deepEqual([code, out], [1, '']);
    assert.match(err, /^tokenboard: The ledger .* newer version of Tokenboard .*\n$/);
  });
});

describe('a scan in the background', () => {
  it('is due once, however many ask, and not while scans happen', async () => {
    const home = await countedHome();
    const dir = dataDir(machineOf(home));
    const asked = (): number => Array.from({ length: 5 }, () => isScanDue(dir, 60_000)).filter(Boolean).length;
    assert.equal(asked(), 0, 'one has just begun');
    const longAgo = new Date(Date.now() - 61_000);
    utimesSync(join(dir, 'scan.lock'), longAgo, longAgo);
    assert.equal(asked(), 1);
    utimesSync(join(dir, 'scan.lock'), longAgo, longAgo);
    takeScanLock(dir, 0)?.release();
    assert.equal(asked(), 0);
  });

  it('is never due where it could not begin', () => {
    const home = newHome();
    writeFileSync(join(home, 'file'), '');
    assert.equal(isScanDue(join(home, 'file', 'data'), 60_000), false);
  });
});

describe('what is piped in', () => {
  const stream = (): PassThrough & NodeJS.ReadStream => new PassThrough() as never;

  it('is read to its end', async () => {
    const pipe = stream();
    const piped = pipedText(pipe);
    pipe.write('{"a":');
    setTimeout(() => pipe.end('1}'), 20);
    assert.equal(await piped.within(10), '{"a":1}');
  });

  it('is what came, where the end does not come', async () => {
    const pipe = stream();
    const piped = pipedText(pipe);
    pipe.write('{}');
    assert.equal(await piped.within(10), '{}');
  });

  it('is nothing where nothing comes, on a terminal, and where it is too much', async () => {
    assert.equal(await pipedText(stream()).within(10), '');
    assert.equal(await pipedText(Object.assign(stream(), { isTTY: true as const })).within(10), '');
    const pipe = stream();
    const piped = pipedText(pipe);
    pipe.write(Buffer.alloc(1_000_001, 'x'));
    assert.equal(await piped.within(10), '');
  });
});

describe('a format', () => {
  const cases: readonly (readonly [format: string, line: string])[] = [
    ['{tokens} today', '1 today'],
    ['today', 'today'],
    ['{limit} | {tokens}', '1'],
    ['{tokens} · {limit} | {fresh}', '1 | 2'],
    ['{tokens} · 5h {limit.5h} {fresh}', '1 · 5h  2'],
    ['a·b {tokens}|{limit}', 'a·b 1|'],
    ['{limit}', ''],
  ];
  for (const [format, expected] of cases) {
    it(`'${format}' becomes '${expected}'`, () => {
      const values = { tokens: '1', fresh: '2' } as Readonly<Record<string, string>>;
      assert.equal(
        readFormat(format).fill((name) => values[name] ?? ''),
        expected,
      );
    });
  }
});

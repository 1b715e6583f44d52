import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import manifest from '../../package.json' with { type: 'json' };
import { commandNames, commands, knownNames } from '../../src/cli/flags.ts';
import { reasonNotToRun } from '../../src/cli/node-version.ts';
import { progressLine } from '../../src/cli/progress.ts';
import { builtCommand, newHome, run, tokenboard, writeClaudeLog } from './command.ts';
import { smallHome } from './small-home.ts';

describe('the command line', () => {
  const wrong: readonly (readonly [string, string])[] = [
    ['reprot', "there is no command 'reprot'; did you mean 'report'?"],
    [
      'xyz',
      "there is no command 'xyz'; the commands are report, doctor, explain, statusline, export, import, forget, team, serve, admin, help.",
    ],
    ['sreve', "there is no command 'sreve'; did you mean 'serve'?"],
    ['--no-cost serve', 'the command comes first: tokenboard serve --no-cost …'],
    ['--hom x', 'tokenboard has no flag --hom; did you mean --home?'],
    ['--json', "tokenboard has no flag --json, but 'tokenboard report --json' has."],
    ['--no-cost report', 'the command comes first: tokenboard report --no-cost …'],
    ['report --bt day', "'tokenboard report' has no flag --bt; did you mean --by?"],
    ['report -x', "'tokenboard report' has no flag -x; see tokenboard report --help."],
    ['report --frobnicate', "'tokenboard report' has no flag --frobnicate; see tokenboard report --help."],
    ['report --by', '--by needs a value.'],
    ['report --by --json', '--by needs a value.'],
    ['report --by ,', '--by needs a value.'],
    ['report --json=yes', '--json takes no value.'],
    ['report --by toool', "--by 'toool' is unknown; did you mean 'tool'?"],
    ['report --since 2026-02-30', "--since '2026-02-30' is no day; write it as 2026-05-12, today or yesterday."],
    ['report --until 12.5.2026', "--until '12.5.2026' is no day; write it as 2026-05-12, today or yesterday."],
    ['report --since 2026-05-02 --until 2026-05-01', '--since 2026-05-02 is after --until 2026-05-01.'],
    ['report --timezone Mars', "'Mars' is no time zone; write it as Europe/Berlin or UTC."],
    ['report --tool claude', "--tool 'claude' is no tool that Tokenboard knows; did you mean 'claude-code'?"],
    ['report --json --csv', '--json and --csv exclude each other.'],
    ['report today', "'tokenboard report' takes only flags, not 'today'; for one day: --since DAY --until DAY."],
    ['report --home nowhere', "--home 'nowhere' is no folder."],
    ['doctor now', "'tokenboard doctor' takes only flags, not 'now'."],
    ['explain', "'tokenboard explain' needs a day: 2026-05-12, today or yesterday."],
    ['explain tomorrow', "'tomorrow' is no day; write it as 2026-05-12, today or yesterday."],
    ['help admni', "there is no command 'admni'; did you mean 'admin'?"],
    ['help reports', "there is no command 'reports'; did you mean 'report'?"],
  ];
  for (const [typed, sentence] of wrong) {
    it(`answers '${typed}' with one sentence and exit code 2`, async () => {
      assert.deepEqual(await tokenboard(typed.split(' ')), { code: 2, out: '', err: `tokenboard: ${sentence}\n` });
    });
  }

  it('helps with every command, naming each of its flags and showing examples', async () => {
    for (const name of commandNames.filter((one) => one !== 'help')) {
      const { code, out } = await tokenboard([name, '--help']);
      assert.equal(code, 0);
      assert.match(out, /^Examples$/m);
      for (const flag of commands[name]) assert.match(out, new RegExp(`--${flag}\\b`), `${name} --${flag}`);
      assert.equal((await tokenboard(['help', name])).out, out);
    }
    const { out } = await tokenboard(['--help']);
    for (const text of [...knownNames, 'Exit codes', ...commands.overview]) assert.ok(out.includes(text), text);
    for (const line of out.split('\n')) assert.ok(line.length <= 84, line);
    assert.equal((await tokenboard(['help'])).out, out);
    assert.equal((await tokenboard(['-h'])).out, out);
  });

  it('tells its version', async () => {
    assert.deepEqual(await tokenboard(['--version']), { code: 0, out: `${manifest.version}\n`, err: '' });
  });

  it('runs unbundled as well', async () => {
    const { code, out, err } = await run(['src/cli/main.ts', 'report', '--by', 'tool', '--csv', '--home', smallHome()]);
    assert.equal(err, '');
    assert.match(out, /^claude-code,42,380,/m);
    assert.equal(code, 0);
  });

  it('ends quietly when its reader has seen enough', async () => {
    const home = newHome();
    const requests = Array.from({ length: 3000 }, (_, index) => ({
      id: `r${index}`,
      session: `session-${index}`,
      time: '2026-05-12T08:00:00Z',
      tokens: [1, 1, 0, 0, 0] as const,
    }));
    writeClaudeLog(home, 'p/s.jsonl', requests);
    const child = spawn(process.execPath, [await builtCommand(), 'report', '--by', 'session', '--home', home], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let err = '';
    child.stderr.on('data', (text) => {
      err += text;
    });
    child.stdout.destroy();
    const code = await new Promise((resolve) => child.once('close', resolve));
    assert.deepEqual({ code, err }, { code: 0, err: '' });
  });

  it('says so where its answer finds no room', async function () {
    if (process.platform !== 'linux') this.skip();
    const full = openSync('/dev/full', 'w');
    const child = spawn(process.execPath, [await builtCommand(), 'help'], { stdio: ['ignore', full, 'pipe'] });
    closeSync(full);
    let err = '';
    child.stderr?.on('data', (text) => {
      err += text;
    });
    const code = await new Promise((resolve) => child.once('close', resolve));
    assert.deepEqual(
      { code, err },
      { code: 1, err: 'tokenboard: the answer could not be written: the disk is full.\n' },
    );
  });

  it('says so where there is room for a part of its answer', async function () {
    if (process.platform !== 'linux') this.skip();
    const file = join(newHome(), 'help');
    const limited = `ulimit -f 1; "$0" "$1" help > "$2"`;
    const child = spawn('sh', ['-c', limited, process.execPath, await builtCommand(), file], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let err = '';
    child.stderr.on('data', (text) => {
      err += text;
    });
    const code = await new Promise((resolve) => child.once('close', resolve));
    assert.deepEqual([code, /^tokenboard: the answer could not be written: .*\.\n$/.test(err)], [1, true], err);
    assert.ok(readFileSync(file, 'utf8').startsWith('tokenboard: count'));
  });

  it('finds the logs and the ledger of its own home by the environment, and ignores it with --home', async () => {
    const home = smallHome();
    const other = newHome();
    const env = { HOME: home, USERPROFILE: home, CLAUDE_CONFIG_DIR: join(other, 'nothing') };
    const events = async (...args: string[]): Promise<number> =>
      JSON.parse((await tokenboard(['report', '--json', ...args], env)).out).totals.events;
    assert.equal(await events(), 0);
    assert.equal(await events('--home', home), 4);
  });

  it('fails with a sentence when the ledger is of a newer version', async () => {
    const home = smallHome();
    await tokenboard(['--home', home]);
    const { DatabaseSync } = await import('node:sqlite');
    const { dataDir, machineOf } = await import('../../src/ledger/machine.ts');
    const database = new DatabaseSync(join(dataDir(machineOf(home)), 'ledger.db'));
    database.exec('PRAGMA user_version = 999');
    database.close();
    const { code, out, err } = await tokenboard(['report', '--home', home]);
    assert.deepEqual([code, out], [1, '']);
    assert.match(err, /^tokenboard: The ledger .* newer version of Tokenboard .*\n$/);
  });

  it('says on standard error that a damaged ledger was set aside, and counts', async () => {
    const home = smallHome();
    const { dataDir, machineOf } = await import('../../src/ledger/machine.ts');
    const dir = dataDir(machineOf(home));
    mkdirSync(dir, { recursive: true });
    writeFileSync(join(dir, 'ledger.db'), 'no database at all, and long enough to be looked at'.repeat(40));
    const { code, out, err } = await tokenboard(['report', '--json', '--home', home]);
    assert.match(err, /^tokenboard: The ledger was damaged/);
    assert.equal(JSON.parse(out).totals.events, 4);
    assert.equal(code, 0);
  });

  it('needs a Node with SQLite, and says so', () => {
    assert.match(reasonNotToRun('22.15.1') ?? '', /^Tokenboard needs Node\.js 22\.16 or newer.*22\.15\.1\.$/);
    assert.match(reasonNotToRun('20.20.2') ?? '', /20\.20\.2/);
    assert.equal(reasonNotToRun('22.16.0'), undefined);
    assert.equal(reasonNotToRun('24.0.0'), undefined);
  });
});

describe('progress', () => {
  const progress = { files: 9, filesDone: 3, bytes: 2_000_000_000, bytesDone: 500_000_000 };
  function shown(isTTY: boolean, times: readonly number[]): string {
    let written = '';
    let time = 0;
    const stream = { isTTY, columns: 80, write: (text: string) => (written += text) } as unknown as NodeJS.WriteStream;
    const line = progressLine(stream, () => time);
    for (const next of times) {
      time = next;
      line.update(progress);
    }
    line.end();
    return written;
  }

  it('is silent for a second', () => assert.equal(shown(true, [10, 500, 999]), ''));

  it('is a live line on a terminal, taken away in the end', () => {
    assert.equal(shown(true, [1000, 1010]), '\r\u001b[KReading logs: 500 MB of 2,000 MB, 3 of 9 files\r\u001b[K');
  });

  it('is a single line elsewhere', () => {
    assert.equal(shown(false, [1000, 2000, 3000]), 'Reading 2,000 MB of logs; the next time only what is new.\n');
  });
});

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { confirmed } from '../../src/cli/confirmed.ts';
import { dataDir, machineOf } from '../../src/ledger/machine.ts';
import { type Run, tokenboard } from './command.ts';
import { smallHome } from './small-home.ts';

async function countedHome(): Promise<string> {
  const home = smallHome();
  await tokenboard(['--home', home]);
  return home;
}

function forget(home: string, ...flags: readonly string[]): Promise<Run> {
  return tokenboard(['forget', ...flags, '--home', home]);
}

async function requestsLeft(home: string): Promise<number> {
  return JSON.parse((await tokenboard(['report', '--json', '--home', home])).out).totals.events;
}

const afterwards = 'What you use from now on counts. The logs of the tools themselves are untouched.\n';

describe('tokenboard forget', () => {
  const cases: readonly (readonly [flags: string, said: string, left: number])[] = [
    ['--project /home/me/shop', '3 requests with 15.4K tokens of /home/me/shop', 1],
    ['--project /home/me', '4 requests with 15.4K tokens of /home/me', 0],
    ['--since 2026-05-13', '1 request with 37 tokens from 2026-05-13', 3],
    ['--until 2026-05-12 --timezone UTC', '3 requests with 15.4K tokens to 2026-05-12', 1],
    ['--since 2026-05-13 --until 2026-05-13 --timezone Asia/Tokyo', '1 request with 1.1K tokens of 2026-05-13', 3],
    [
      '--project /home/me/shop --since 2026-05-12 --until 2026-06-01',
      '3 requests with 15.4K tokens of /home/me/shop from 2026-05-12 to 2026-06-01',
      1,
    ],
    ['--everything', '4 requests with 15.4K tokens of all times', 0],
  ];
  for (const [flags, said, left] of cases) {
    it(`with ${flags} says what it forgot, and for good`, async () => {
      const home = await countedHome();
      const log = readFileSync(join(home, '.claude/projects/-home-me-shop/session-1.jsonl'), 'utf8');
      const { code, out, err } = await forget(home, ...flags.split(' '), '--yes');
      assert.deepEqual([code, err], [0, '']);
      assert.equal(out, `Forgot ${said}. They do not come back.\n${afterwards}`);
      assert.equal(await requestsLeft(home), left);
      assert.equal(readFileSync(join(home, '.claude/projects/-home-me-shop/session-1.jsonl'), 'utf8'), log);
    });
  }

  it('says so where there is nothing to forget', async () => {
    const home = await countedHome();
    const { code, out } = await forget(home, '--project', '/home/me/sho', '--yes');
    assert.deepEqual([code, out], [0, 'The ledger holds nothing of /home/me/sho; nothing was forgotten.\n']);
    assert.equal(await requestsLeft(home), 4);
  });

  it('does not say that there is nothing where the ledger cannot be opened', async () => {
    const home = smallHome();
    mkdirSync(join(dataDir(machineOf(home)), 'ledger.db'), { recursive: true });
    const { code, out, err } = await forget(home, '--since', '2026-05-01', '--yes');
    assert.deepEqual([code, out], [1, '']);
    assert.match(err, /^tokenboard: The ledger cannot be opened, so nothing can be forgotten\.$/m);
  });

  const wrong: readonly (readonly [flags: string, sentence: string])[] = [
    ['--everything', "'tokenboard forget' asks first; where there is no terminal, say --yes."],
    ['--yes', "'tokenboard forget' needs --project DIR, --since DAY, --until DAY or --everything."],
    ['--everything --since today --yes', '--everything leaves nothing for --project, --since or --until to choose.'],
    ['--project a --project b --yes', '--project takes one folder at a time here.'],
    ['shop --yes', "'tokenboard forget' takes only flags, not 'shop'; for a project: --project DIR."],
    ['--since 2026-05-02 --until 2026-05-01 --yes', '--since 2026-05-02 is after --until 2026-05-01.'],
  ];
  for (const [flags, sentence] of wrong) {
    it(`answers '${flags}' with one sentence and exit code 2, and forgets nothing`, async () => {
      const home = await countedHome();
      assert.deepEqual(await forget(home, ...flags.split(' ')), { code: 2, out: '', err: `tokenboard: ${sentence}\n` });
      assert.equal(await requestsLeft(home), 4);
    });
  }
});

describe('a question', () => {
  for (const [typed, sure] of [
    ['y\n', true],
    ['YES\n', true],
    ['n\n', false],
    ['\n', false],
    ['yesterday\n', false],
    ['', false],
  ] as const) {
    it(`answered '${typed.trim()}' is ${sure ? 'a yes' : 'a no'}`, async () => {
      const input = new PassThrough();
      const output = new PassThrough();
      input.end(typed);
      assert.equal(await confirmed('Forget all?', input, output), sure);
      assert.match(String(output.read()), /^Forget all\? \[y\/N\] /);
    });
  }
});

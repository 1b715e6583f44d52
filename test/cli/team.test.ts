import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type LiveBoard, liveBoard } from '../team/live-board.ts';
import { openWire, type Wire } from '../team/wire.ts';
import { newHome, type Run, tokenboard, writeClaudeLog } from './command.ts';

const dayMs = 86_400_000;
const daysAgo = (days: number): string => new Date(Date.now() - days * dayMs).toISOString().slice(0, 10);

/** A home with a request on each of the last three days, yesterday's in a project that is left out. */
function usedHome(): string {
  const home = newHome();
  writeClaudeLog(home, '-home-me-shop/s.jsonl', [
    { id: 'a', time: `${daysAgo(3)}T10:00:00.000Z`, tokens: [10, 20, 30, 0, 0], branch: 'sentinel-branch' },
    { id: 'b', time: `${daysAgo(2)}T10:00:00.000Z`, tokens: [100, 0, 0, 0, 0], model: 'sentinel-model' },
    { id: 'c', time: `${daysAgo(1)}T10:00:00.000Z`, tokens: [1000, 0, 0, 0, 0], cwd: '/home/me/sentinel-client' },
  ]);
  return home;
}

describe('tokenboard team', function () {
  this.timeout(60_000);
  let board: LiveBoard;
  let wire: Wire;
  before(async () => {
    board = await liveBoard();
    wire = await openWire(() => board.address);
  });
  after(async () => {
    await wire.close();
    await board.end();
  });

  const team = (home: string, ...words: readonly string[]): Promise<Run> =>
    tokenboard(['team', ...words, '--home', home], { NO_PROXY: '*' });
  const link = async (): Promise<string> => `${wire.origin}/join#${await board.invite()}`;

  it('joins, syncs, pauses, exports and leaves, without an editor', async () => {
    const home = usedHome();
    const flags = ['--as', 'pseudonym', '--models', '--exclude', '*-client', '--since', daysAgo(9)];
    const invite = await link();
    const preview = await team(home, 'preview', invite, ...flags);
    assert.equal(preview.code, 0, preview.err);
    assert.equal(existsSync(join(home, '.local/share/tokenboard/team')), false);

    const joined = await team(home, 'join', invite, ...flags, '--yes');
    assert.equal(joined.code, 0, joined.err);
    assert.match(
      joined.out,
      /^Acme runs this board, at http:\/\/127\.0\.0\.1:\d+\.\n {2}Purpose: Learn from each other\n/,
    );
    assert.match(joined.out, /holds 2 totals of 2 days, 160 tokens, as models: claude-opus-4-5, other\./);
    assert.match(joined.out, /You share daily totals with Acme now\. .*\nAcme has what is new: 2 totals taken\.\n$/);
    // Nothing but the time of the cells' revisions tells the preview from the upload, as they were made in two runs.
    const timeless = (bytes: string): string => bytes.replace(/"rev":\d+/g, '"rev":0');
    assert.equal(timeless(wire.syncs()[0] ?? ''), timeless(preview.out.trim()));

    const status = await team(home, 'status');
    assert.match(
      status.out,
      /^Sharing daily totals with Acme\.\nServer: http.*\nYou appear as: pseudonym\. Models are told, badges not told\./,
    );
    const told = JSON.parse((await team(home, 'status', '--json')).out);
    assert.deepEqual([told.state, told.pending, told.share.exclude], ['on', 0, ['*-client']]);
    assert.ok(Number.isInteger(told.nextAt), told.nextAt);
    const nowhere = await team(home, 'export', join(home, 'nowhere', 'own.json'));
    assert.deepEqual([nowhere.code, nowhere.err], [1, `tokenboard: ${join(home, 'nowhere')} is no folder.\n`]);

    const seen = await team(home, 'board', '--window', '7d', '--metric', 'tokens');
    assert.equal(seen.code, 0, seen.err);
    assert.match(seen.out, /tokens = in \+ out \+ cr \+ cw/);
    assert.match(seen.out, /You have nothing here yet\.|You: /);

    assert.match((await team(home, 'pause', '1h')).out, /^Sharing with Acme is paused until .* UTC\.\n$/);
    assert.match((await team(home, 'sync')).out, /paused/);
    assert.match((await team(home, 'resume')).out, /^Sharing daily totals with Acme\.\n$/);
    assert.match((await team(home, 'sync')).out, /^Nothing new for Acme\.\n$/);

    const changed = await team(home, 'change', '--as', 'aggregate', '--yes');
    assert.equal(changed.code, 0, changed.err);
    assert.match(changed.out, /You appear as: aggregate\. Models are not told/);

    const file = join(home, 'mine.json');
    assert.equal((await team(home, 'export', file)).code, 0);
    const mine = JSON.parse(readFileSync(file, 'utf8'));
    assert.equal(mine.me.consent.visibility, 'aggregate');
    if (process.platform !== 'win32') assert.equal(statSync(file).mode & 0o777, 0o600);

    const opened = await team(home, 'open');
    assert.match(opened.out, /^http\S+\/sign-in#[\w-]{43}\n$/);
    assert.match(opened.err, /Open it in a browser within a minute/);

    const added = await team(home, 'add-machine');
    const second = usedHome();
    const came = await tokenboard(['team', 'join', '-', '--yes', '--home', second], { NO_PROXY: '*' }, added.out);
    assert.equal(came.code, 0, came.err);

    const left = await team(home, 'leave', '--yes');
    assert.equal(left.out, 'You have left Acme. Its server has erased you.\n');
    assert.equal(existsSync(join(home, '.local/share/tokenboard/team')), false);
    assert.equal(existsSync(join(home, '.claude/.tokenboard-device')), false);
    assert.match((await team(second, 'sync')).out, /^The server of Acme has erased you\./);
    assert.equal((await team(home, 'status')).out, 'Sharing is off: nothing leaves this machine.\n');
    assert.equal(wire.everything().includes('sentinel'), false);
    assert.equal(wire.everything().includes('shop'), false);
  });

  it('shares nothing without a yes, a choice and a sound link', async () => {
    const home = usedHome();
    const invite = await link();
    const before = wire.sent.length;
    const cases: readonly (readonly [words: string[], code: number, said: RegExp])[] = [
      [['join', invite], 2, /asks first; where there is no terminal, say --yes\.\n$/],
      [['join', invite, '--yes'], 1, /Choose first how you appear.*--as aggregate\.\n$/],
      [['join', invite, '--yes', '--as', 'boss'], 2, /--as is one of named, pseudonym, aggregate, not 'boss'\.\n$/],
      [['join', invite, '--yes', '--as', 'named'], 1, /To appear by name, enter one\. .*--name NAME\.\n$/],
      [['join', invite, '--yes', '--as', 'named', '--since', '2020-01-01'], 2, /at most 35 days back/],
      [['join', invite.slice(0, -5), '--yes', '--as', 'aggregate'], 1, /The link is not complete/],
      [['join', 'https://example.org/somewhere', '--yes'], 1, /That is no invite link/],
      [['join'], 2, /needs the invite link/],
      [['dance'], 2, /'tokenboard team' has no 'dance'/],
      [['pause', 'soon'], 2, /'soon' is no time to pause/],
      [['leave', '--yes'], 1, /Sharing is off/],
      [[], 2, /needs one of join, preview/],
    ];
    for (const [words, code, said] of cases) {
      const run = await team(home, ...words);
      assert.deepEqual([run.code, said.test(run.err)], [code, true], `${words}: ${run.code} ${run.err}`);
    }
    assert.deepEqual([...new Set(wire.sent.slice(before).map(({ path }) => path))], ['/v1/meta']);
    assert.equal(existsSync(join(home, '.local/share/tokenboard/team')), false);
  });

  it('tells the badges that were earned where that is switched on, and only then', async () => {
    const home = newHome();
    const days = Array.from({ length: 12 }, (_, day) => ({
      id: `d${day}`,
      time: `${daysAgo(day + 1)}T10:00:00.000Z`,
      tokens: [1_000_000, 1_000_000, 90_000_000, 1_000_000, 0] as const,
    }));
    writeClaudeLog(home, '-home-me-shop/s.jsonl', days);
    const joined = await team(home, 'join', await link(), '--as', 'pseudonym', '--since', daysAgo(9), '--yes');
    assert.equal(joined.code, 0, joined.err);
    const badgesOf = (): readonly string[] | undefined => JSON.parse(wire.syncs().at(-1) ?? '{}').badges;
    assert.equal(badgesOf(), undefined);
    const before = wire.syncs().length;
    const changed = await team(home, 'change', '--badges', '--yes');
    assert.equal(changed.code, 0, changed.err);
    assert.ok((badgesOf() ?? []).includes('token-legend'), JSON.stringify(badgesOf()));
    const sent = wire.syncs().length;
    assert.ok(sent > before);
    await team(home, 'sync');
    assert.equal(wire.syncs().length, sent, 'what was told is not told again');
    await team(home, 'leave', '--yes');
  });

  it('shows whoever runs a group how it works, and others nothing', async () => {
    const made = await board.ask('POST', '/v1/invites', {
      ...{ team: null, role: 'admin', teamRole: 'member', uses: 1, days: 1 },
    });
    const flags = ['--as', 'aggregate', '--since', daysAgo(9), '--yes'];
    const [admin, member] = [usedHome(), usedHome()];
    assert.equal((await team(admin, 'join', `${wire.origin}/join#${made.secret}`, ...flags)).code, 0);
    assert.equal((await team(member, 'join', await link(), ...flags)).code, 0);
    const seen = await team(admin, 'insights');
    assert.equal(seen.code, 0, seen.err);
    assert.match(seen.out, /^Acme[\s\S]*(Nothing is told: fewer than 5 take part|after the next snapshot)/);
    const json = await team(admin, 'insights', '--json');
    assert.deepEqual(JSON.parse(json.out).insights.board, 0);
    const refused = await team(member, 'insights');
    assert.deepEqual([refused.code, refused.out], [1, '']);
    assert.equal((await team(admin, 'insights', 'Crew')).code, 2);
    for (const home of [admin, member]) await team(home, 'leave', '--yes');
  });
});

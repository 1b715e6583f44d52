import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type SignInBoard, signInBoard } from '../team/sign-in-board.ts';
import { builtCommand, newHome, tokenboard, writeClaudeLog } from './command.ts';

const dayMs = 86_400_000;
const daysAgo = (days: number): string => new Date(Date.now() - days * dayMs).toISOString().slice(0, 10);

describe('tokenboard team join ADDRESS', function () {
  this.timeout(90_000);
  let here: SignInBoard;
  before(async () => {
    here = await signInBoard();
  });
  after(() => here?.end());

  function usedHome(): string {
    const home = newHome();
    const time = `${daysAgo(2)}T10:00:00.000Z`;
    writeClaudeLog(home, '-home-me-shop/s.jsonl', [{ id: 'a', time, tokens: [10, 20, 30, 0, 0] }]);
    return home;
  }

  it('shows policy and preview, then a code and where to enter it, and joins once the person has signed in', async () => {
    const home = usedHome();
    const flags = ['--as', 'pseudonym', '--since', daysAgo(9), '--yes', '--home', home];
    const child = spawn(process.execPath, [await builtCommand(), 'team', 'join', here.board.address, ...flags], {
      env: { PATH: process.env.PATH, HOME: home, NO_PROXY: '*', NODE_NO_WARNINGS: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [out, err] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    const code = await new Promise<string>((resolve) => {
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        err += text;
        const shown = /\b([B-Z]{4}-[B-Z]{4})\b/.exec(err)?.[1];
        if (shown !== undefined && err.includes('nobody')) resolve(shown);
      });
      child.once('close', () => resolve(''));
    });
    assert.ok(err.includes(`${here.board.address}/device`), err);
    assert.match(err, /Give it to nobody/);
    assert.match(out, /^Acme runs this board/);
    assert.match(out, /60 tokens/);
    here.provider.person = 'ada';
    const closed = once(child, 'close');
    await here.allow(code);
    const [exit] = await closed;
    assert.equal(exit, 0, err);
    assert.match(out, /You share daily totals with Acme now\..*\nAcme has what is new: 1 total taken\.\n$/);
    const status = await tokenboard(['team', 'status', '--home', home], { NO_PROXY: '*' });
    assert.match(status.out, /^Sharing daily totals with Acme\./);
  });

  it('says in a sentence that the person was turned away', async () => {
    const home = usedHome();
    const flags = ['--as', 'aggregate', '--yes', '--home', home];
    here.provider.person = null;
    const child = spawn(process.execPath, [await builtCommand(), 'team', 'join', here.board.address, ...flags], {
      env: { PATH: process.env.PATH, HOME: home, NO_PROXY: '*', NODE_NO_WARNINGS: '1' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let err = '';
    let allowed = false;
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
      const shown = /\b([B-Z]{4}-[B-Z]{4})\b/.exec(err)?.[1];
      if (shown === undefined || allowed) return;
      allowed = true;
      here.allow(shown).catch(() => undefined);
    });
    const [exit] = await once(child, 'close');
    assert.equal(exit, 1);
    assert.match(err, /You were not let in/);
  });
});

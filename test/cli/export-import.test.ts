import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataDir, machineOf } from '../../src/ledger/machine.ts';
import { newHome, type Run, tokenboard } from './command.ts';
import { smallHome } from './small-home.ts';

async function totalsOf(home: string): Promise<unknown> {
  return JSON.parse((await tokenboard(['report', '--json', '--home', home])).out).totals;
}

function done({ code, out, err }: Run): string {
  assert.deepEqual([code, err], [0, '']);
  return out;
}

describe('tokenboard export and import', () => {
  it('move all that was counted to another home', async () => {
    const home = smallHome();
    const file = join(newHome(), 'laptop.tokenboard');
    const said = done(await tokenboard(['export', file, '--home', home]));
    assert.match(
      said,
      /^Wrote 4 requests with 15\.4K tokens to .*laptop\.tokenboard, \d+ kB\.\nIt names your project /,
    );
    const other = newHome();
    const first = done(await tokenboard(['import', file, '--home', other]));
    assert.equal(first, `${file}: 4 requests, 4 of them new, 0 known already.\n`);
    assert.deepEqual(await totalsOf(other), await totalsOf(home));
    const again = done(await tokenboard(['import', file, file, '--home', other]));
    assert.equal(again, `${file}: 4 requests, 0 of them new, 4 known already.\n`.repeat(2));
    assert.deepEqual(await totalsOf(other), await totalsOf(home));
  });

  it('take the ledger itself of another home', async () => {
    const home = smallHome();
    await tokenboard(['--home', home]);
    const other = newHome();
    const file = join(dataDir(machineOf(home)), 'ledger.db');
    assert.match(done(await tokenboard(['import', file, '--home', other])), /4 requests, 4 of them new/);
    assert.deepEqual(await totalsOf(other), await totalsOf(home));
  });

  it('do not overwrite a file without being told to', async () => {
    const home = smallHome();
    const file = join(home, 'mine.txt');
    writeFileSync(file, 'mine');
    const { code, out, err } = await tokenboard(['export', file, '--home', home]);
    assert.deepEqual(
      { code, out, err },
      { code: 1, out: '', err: `tokenboard: ${file} is there already; --force overwrites it.\n` },
    );
    assert.match(done(await tokenboard(['export', file, '--force', '--home', home])), /^Wrote 4 requests/);
  });

  it('take in what is right beside what is wrong, and fail', async () => {
    const home = smallHome();
    const right = join(home, 'right.tokenboard');
    await tokenboard(['export', right, '--home', home]);
    const wrong = join(home, 'wrong.tokenboard');
    writeFileSync(wrong, 'no ledger');
    const { code, out, err } = await tokenboard(['import', wrong, right, '--home', newHome()]);
    assert.equal(code, 1);
    assert.equal(err, `tokenboard: ${wrong} is neither a ledger of Tokenboard nor an export of one.\n`);
    assert.match(out, /right\.tokenboard: 4 requests, 4 of them new/);
  });

  it('leave out what was forgotten, unless told to', async () => {
    const home = smallHome();
    const file = join(home, 'all.tokenboard');
    await tokenboard(['export', file, '--home', home]);
    await tokenboard(['forget', '--project', '/home/me/blog', '--yes', '--home', home]);
    const said = done(await tokenboard(['import', file, '--home', home]));
    assert.match(said, /4 requests, 0 of them new, 3 known already\.\n1 request left out, .*--forgotten/);
    const wanted = done(await tokenboard(['import', file, '--forgotten', '--home', home]));
    assert.match(wanted, /4 requests, 1 of them new, 3 known already\.\n$/);
  });

  const wrong: readonly (readonly [string, string])[] = [
    ['export', "'tokenboard export' needs the name of a file to write."],
    ['export -', "'tokenboard export' writes a file; - is none."],
    ['export a b', "'tokenboard export' writes one file, not also 'b'."],
    ['import', "'tokenboard import' needs a file: an export or a ledger."],
    ['import a -', "'tokenboard import' reads files; - is none."],
  ];
  for (const [typed, sentence] of wrong) {
    it(`answer '${typed}' with one sentence and exit code 2`, async () => {
      assert.deepEqual(await tokenboard(typed.split(' ')), { code: 2, out: '', err: `tokenboard: ${sentence}\n` });
    });
  }
});

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tokenboard } from './command.ts';
import { smallHome } from './small-home.ts';

const csv = `Date,Kind,Model,Max Mode,Input (w/ Cache Write),Input (w/o Cache Write),Cache Read,Output Tokens,Total Tokens,Cost
"2026-05-12T18:36:05.846Z","Included","gpt-5.2","No","300","200","1000","40","1540","0.19"
`;

describe('tokenboard import cursor', () => {
  it('takes in the usage file of an account, and says what came of it', async () => {
    const home = smallHome();
    const file = join(home, 'usage.csv');
    writeFileSync(file, csv);
    const { code, out, err } = await tokenboard(['import', 'cursor', file, '--home', home]);
    assert.deepEqual([code, err], [0, '']);
    assert.match(out, /usage\.csv: 1 request, 1 of them new, 0 known already\./);
    const report = await tokenboard(['report', '--by', 'tool,model', '--tool', 'cursor', '--json', '--home', home]);
    const [row] = JSON.parse(report.out).rows;
    assert.deepEqual(
      [row.model, row.input, row.cacheWrite, row.cacheRead, row.output],
      ['gpt-5.2', 200, 100, 1000, 40],
    );
    assert.ok(row.costUSD > 0);
    const { out: day } = await tokenboard(['explain', '2026-05-12', '--timezone', 'UTC', '--home', home]);
    assert.match(day, /^ {2}1 request is kept in the ledger only \(1,340 tokens\): no log here tells of it\.$/m);
  });

  it('says what is wrong', async () => {
    const home = smallHome();
    const file = join(home, 'other.csv');
    writeFileSync(file, 'a,b\n1,2\n');
    const wrong = await tokenboard(['import', 'cursor', file, '--home', home]);
    assert.equal(wrong.code, 1);
    assert.match(wrong.err, /other\.csv is no usage file of a Cursor account\.$/m);
    const missing = await tokenboard(['import', 'cursor', '--home', home]);
    assert.deepEqual([missing.code, missing.err.includes('needs a file')], [2, true]);
  });
});

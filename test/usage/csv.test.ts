import assert from 'node:assert/strict';
import { csvCells } from '../../src/usage/csv.ts';

describe('a line of CSV', () => {
  it('quotes what needs it as RFC 4180 has it', () => {
    assert.equal(csvCells(['a', 'b,c', 'say "x"', 'two\nlines', 1.5, null]), 'a,"b,c","say ""x""","two\nlines",1.5,');
  });

  it('has no cell that a spreadsheet takes for a formula', () => {
    for (const evil of ['=1+1', '+1', '-1', '@x', '\t=1', '\r=1', ' =1']) {
      assert.ok(/^"?'/.test(csvCells([evil])), JSON.stringify(csvCells([evil])));
    }
    assert.equal(csvCells(['=HYPERLINK("x")']), `"'=HYPERLINK(""x"")"`);
    assert.equal(csvCells([-5, 'a=b']), '-5,a=b');
  });
});

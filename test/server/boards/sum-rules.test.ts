import assert from 'node:assert/strict';
import { type Listing, type Part, staticReason, tellsOfNobody } from '../../../src/server/boards/disclosure.ts';
import { decideSum } from '../../../src/server/boards/published-sum.ts';
import { retention } from '../../../src/team/protocol/limits.ts';

const k = 5;

const parts = (values: readonly number[], listing: Listing, from = 0): Part[] =>
  values.map((value, index) => ({ member: from + index, value, listing }));

const six = parts([10, 11, 12, 13, 14, 15], 'none');
const on = (day: number) => ({ day, k });

describe('a sum beside rows', () => {
  const named = parts([10, 11, 12, 13, 14, 15], 'name');

  it('is not told of a few who are listed by a pseudonym among names: they would be the rest of it', () => {
    assert.equal(staticReason([...named, ...parts([9, 9, 9, 9], 'pseudonym', 10)], k), 'derivable');
    assert.equal(staticReason([...named, ...parts([9, 9, 9, 9, 9], 'pseudonym', 10)], k), undefined);
    assert.equal(staticReason([...named, ...parts([0], 'pseudonym', 10)], k), undefined, 'nothing is hidden');
  });

  it('is not told of a few, or of one among them who makes most of it, who are in no row', () => {
    const listed = parts([300, 300, 300, 300, 300], 'pseudonym');
    assert.equal(staticReason(listed, k), undefined);
    assert.equal(staticReason([...listed, ...parts([9, 9, 9, 9], 'none', 10)], k), 'derivable');
    assert.equal(staticReason([...listed, ...parts([9, 9, 9, 9, 9], 'none', 10)], k), undefined);
    assert.equal(staticReason([...listed, ...parts([90, 1, 1, 1, 1], 'none', 10)], k), 'derivable');
    assert.equal(staticReason([...listed, ...parts([0, 0], 'none', 10)], k), undefined, 'nobody is left out');
  });

  it('tells of somebody who makes more than half of it, or of two who make more than four fifths', () => {
    assert.ok(tellsOfNobody([50, 20, 15, 10, 5], k));
    assert.ok(!tellsOfNobody([51, 20, 14, 10, 5], k));
    assert.ok(tellsOfNobody([5, 40, 10, 40, 5], k));
    assert.ok(!tellsOfNobody([5, 41, 9, 40, 5], k));
    assert.ok(!tellsOfNobody([10, 10, 10, 10, 0], k), 'who has used nothing hides nobody');
  });
});

describe('a sum beside earlier ones', () => {
  const before = decideSum(six, undefined, on(100)).state;

  it('has whoever is listed by name in it at once, and loses them without a word', () => {
    const came = decideSum([...six, ...parts([20], 'name', 10)], before, on(101));
    assert.deepEqual([came.sum?.total, came.sum?.digits], [95, 3]);
    const left = decideSum(six, came.state, on(102));
    assert.deepEqual([left.sum?.total, left.sum?.digits], [75, 3]);
  });

  it('never has somebody in it whose first day would then show', () => {
    const idle = decideSum([...six, ...parts([0], 'none', 10)], before, on(101));
    assert.deepEqual([idle.sum?.total, idle.sum?.members.length], [75, 6]);
    const begun = decideSum([...six, ...parts([40], 'none', 10)], idle.state, on(102));
    assert.deepEqual([begun.sum?.total, begun.sum?.members.length], [75, 6]);
    const more = parts([40, 30, 30, 30, 30], 'none', 10);
    assert.equal(decideSum([...six, ...more], begun.state, on(103)).sum?.members.length, 11);
    assert.equal(decideSum([...six, ...more.slice(1)], begun.state, on(103)).sum?.members.length, 6);
  });

  it('is withheld after somebody has left for as long as the earlier one may be known, and no longer', () => {
    const five = six.slice(0, 5);
    const last = decideSum(five, before, on(100 + retention.days));
    assert.equal(last.withheld, 'derivable');
    assert.equal(decideSum(five, last.state, on(101 + retention.days)).sum?.total, 60);
  });

  it('does not let newcomers hide behind those whose rows have told them by name', () => {
    const known = parts([20, 21, 22, 23], 'name', 10);
    const told = decideSum([...six, ...known], undefined, on(100));
    assert.equal(told.sum?.members.length, 10);
    const without = decideSum(six, told.state, on(101));
    assert.equal(without.sum?.members.length, 6);
    const back = [...parts([20, 21, 22, 23], 'pseudonym', 10), ...parts([24], 'pseudonym', 14)];
    assert.equal(decideSum([...six, ...back], without.state, on(102)).sum?.members.length, 6);
    const strangers = parts([20, 21, 22, 23, 24], 'pseudonym', 20);
    assert.equal(decideSum([...six, ...strangers], without.state, on(102)).sum?.members.length, 11);
  });

  it('is compared with each of those before it, not with the last alone', () => {
    const gone = decideSum([...six.slice(1), ...parts([30, 30, 30, 30, 30], 'none', 10)], before, on(101));
    assert.equal(gone.sum?.total, 215, 'the five who came hide the one who left');
    const again = decideSum([...six.slice(1), ...parts([30, 30, 30, 30], 'none', 10)], gone.state, on(102));
    assert.equal(again.withheld, 'derivable');
  });
});

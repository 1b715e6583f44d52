import assert from 'node:assert/strict';
import { questionIds } from '../../webview/question-ids.ts';

describe('The numbers of questions', () => {
  it('are not those of a page that was put away a moment before', () => {
    const now = Date.now();
    const [before, after] = [questionIds(now), questionIds(now + 1)];
    const late = new Set(Array.from({ length: 200 }, before));
    assert.equal(late.size, 200);
    const own = Array.from({ length: 200 }, after);
    assert.ok(own.every((id) => Number.isSafeInteger(id) && !late.has(id)));
  });
});

import assert from 'node:assert/strict';
import { openQuestions } from '../../src/editor/open-questions.ts';

describe('questions to a thread', () => {
  it('get each its own answer or failure, in any order', async () => {
    const questions = openQuestions<string>();
    const [first, second, third] = [questions.open(), questions.open(), questions.open()];
    questions.settle({ kind: 'answer', id: second.id, answer: 'two' });
    questions.settle({ kind: 'answer', id: second.id, answer: 'again' });
    questions.settle({ kind: 'failure', id: third.id, message: 'It cannot.' });
    questions.settle({ kind: 'answer', id: first.id, answer: 'one' });
    assert.deepEqual([await first.answer, await second.answer], ['one', 'two']);
    await assert.rejects(third.answer, /^Error: It cannot\.$/);
  });

  it('are over when the last is answered, or the thread is lost', async () => {
    const questions = openQuestions<string>();
    await questions.none();
    for (const end of ['answer', 'loss'] as const) {
      const [first, second] = [questions.open(), questions.open()];
      let over = false;
      const none = questions.none().then(() => {
        over = true;
      });
      questions.settle({ kind: 'answer', id: first.id, answer: 'one' });
      await first.answer;
      assert.equal(over, false);
      if (end === 'answer') questions.settle({ kind: 'answer', id: second.id, answer: 'two' });
      else questions.lose(new Error('lost'));
      await Promise.allSettled([none, second.answer]);
      assert.equal(over, true);
    }
    await questions.none();
  });
});

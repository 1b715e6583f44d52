import assert from 'node:assert/strict';
import { type Keeper, keptDraft } from '../../webview/kept-draft.ts';

interface Draft {
  readonly name: string;
  readonly chosen: string | undefined;
}

/** The editor keeps JSON, over the page's end. */
function editor(): Keeper {
  let state = '{}';
  const all = () => JSON.parse(state) as Readonly<Record<string, unknown>>;
  return {
    recall: <Value>(name: string) => all()[name] as Value | undefined,
    remember(name, value) {
      state = JSON.stringify({ ...all(), [name]: value });
    },
  };
}

describe('What is filled in', () => {
  it('is there again on the next page about the same, and on no other', () => {
    const kept = editor();
    keptDraft<Draft>(kept, 'join', 'board.example 3').keep({ name: 'Ada', chosen: undefined });
    assert.deepEqual(keptDraft<Draft>(kept, 'join', 'board.example 3').recall(), { name: 'Ada' });
    assert.equal(keptDraft<Draft>(kept, 'join', 'board.example 4').recall(), undefined);
    assert.equal(keptDraft<Draft>(kept, 'policy', 'board.example 3').recall(), undefined);
  });

  it('leaves nothing once it is sent or given up', () => {
    const kept = editor();
    const draft = keptDraft<Draft>(kept, 'join', 'board.example 3');
    draft.keep({ name: 'Ada', chosen: 'named' });
    draft.forget();
    assert.equal(draft.recall(), undefined);
    assert.equal(kept.recall('join'), undefined);
  });
});

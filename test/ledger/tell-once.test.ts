import assert from 'node:assert/strict';
import { tellOnce } from '../../src/ledger/tell-once.ts';
import { newHome } from './home.ts';

describe('what a person is told once', () => {
  it('is told by the first window that asks, and by no other', () => {
    const home = newHome();
    const [one, two] = [home.open(), home.open()];
    const news = { kind: 'budget', names: ['a', 'b'], firstIsHistory: false };
    assert.deepEqual(tellOnce(one, news), ['a', 'b']);
    assert.deepEqual(tellOnce(two, news), []);
    assert.deepEqual(tellOnce(one, { ...news, names: ['b', 'c'] }), ['c']);
  });

  it('is of its kind', () => {
    const ledger = newHome().open();
    assert.deepEqual(tellOnce(ledger, { kind: 'budget', names: ['a'], firstIsHistory: false }), ['a']);
    assert.deepEqual(tellOnce(ledger, { kind: 'runaway', names: ['b'], firstIsHistory: false }), ['b']);
    assert.deepEqual(tellOnce(ledger, { kind: 'runaway', names: ['a'], firstIsHistory: false }), ['a']);
  });

  it('is not what had happened before anybody asked, for all windows', () => {
    const home = newHome();
    const [one, two] = [home.open(), home.open()];
    const news = { kind: 'badge', names: ['a'], firstIsHistory: true };
    assert.deepEqual(tellOnce(one, news), []);
    assert.deepEqual(tellOnce(two, news), []);
    assert.deepEqual(tellOnce(two, { ...news, names: ['a', 'b'] }), ['b']);
  });

  it('is news from the second asking on, even if the first brought nothing', () => {
    const ledger = newHome().open();
    assert.deepEqual(tellOnce(ledger, { kind: 'badge', names: [], firstIsHistory: true }), []);
    assert.deepEqual(tellOnce(ledger, { kind: 'badge', names: ['a'], firstIsHistory: true }), ['a']);
  });

  it('leaves no name in the ledger', () => {
    const ledger = newHome().open();
    tellOnce(ledger, { kind: 'budget', names: ['/home/dev/secret'], firstIsHistory: false });
    assert.doesNotMatch(JSON.stringify(ledger.database.prepare('SELECT * FROM meta').all()), /secret/);
  });
});

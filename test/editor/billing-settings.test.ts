import assert from 'node:assert/strict';
import { readAccounts, readBilling } from '../../src/editor/billing-settings.ts';

function told<Value>(read: (tell: (problem: string) => void) => Value) {
  const problems: string[] = [];
  return { is: read((problem) => problems.push(problem)), problems };
}

describe('how tools are paid', () => {
  it('is what the setting says of tools that there are', () => {
    const value = { 'claude-code': 'subscription', codex: 'api', cline: 'barter', clippy: 'api' };
    const { is, problems } = told((tell) => readBilling(value, tell));
    assert.deepEqual(is, { 'claude-code': 'subscription', codex: 'api' });
    assert.deepEqual(problems, [
      'tokenboard.billing: cline is paid by api, subscription or included.',
      'tokenboard.billing: there is no tool named "clippy".',
    ]);
  });

  it('is not said where nothing is set', () => {
    for (const value of [undefined, null, {}, 'api']) assert.deepEqual(told((tell) => readBilling(value, tell)).is, {});
  });
});

describe('the accounts that are set', () => {
  const read = (value: unknown) => told((tell) => readAccounts(value, '/home/me', tell));

  it('have absolute folders, in the order of the setting', () => {
    const value = [
      { name: 'work', folders: ['~/work', '/srv/work/'], billing: 'api' },
      { name: ' personal ', folders: ['~'] },
    ];
    assert.deepEqual(read(value), {
      is: [
        { name: 'work', folders: ['/home/me/work', '/srv/work'], billing: 'api' },
        { name: 'personal', folders: ['/home/me'] },
      ],
      problems: [],
    });
  });

  it('leave out what makes no sense, and say so', () => {
    const good = { name: 'work', folders: ['/work'] };
    for (const [entry, problem] of [
      [null, /no name/],
      [{ folders: ['/a'] }, /no name/],
      [{ name: 'a' }, /no absolute folder/],
      [{ name: 'a', folders: ['a', 7] }, /no absolute folder/],
      [{ name: 'a', folders: ['/a'], billing: 'barter' }, /api, subscription or included/],
      [{ name: 'work', folders: ['/a'] }, /twice/],
    ] as const) {
      const { is, problems } = read([good, entry]);
      assert.deepEqual(is, [good]);
      assert.match(problems.join(), problem);
    }
    assert.deepEqual(read('work').is, []);
  });
});

import assert from 'node:assert/strict';
import { statusLineIn, withStatusLine } from '../../src/editor/claude-settings.ts';

const ours = { type: 'command', command: 'tokenboard statusline' };

describe("Claude Code's settings", () => {
  it('get a status line and keep all else, order and indentation included', () => {
    const before = '{\n    "model": "opus",\n    "env": {\n        "A": "1"\n    }\n}\n';
    const after = withStatusLine(before, ours);
    assert.equal(
      after,
      '{\n    "model": "opus",\n    "env": {\n        "A": "1"\n    },\n    "statusLine": {\n        "type": "command",\n        "command": "tokenboard statusline"\n    }\n}\n',
    );
    assert.equal(withStatusLine(after, undefined), before);
  });

  it('keep every letter of what else they hold, however it is written', () => {
    for (const rest of ['"a": [1, {"statusLine": 2}],\n\t"b": "x, \\"}"', '"env": {"A":"1"}', '"a":1 ,"b" : null']) {
      for (const before of [`{\n\t${rest}\n}\n`, `{${rest}}`, `\n {\r\n  ${rest}\r\n}`]) {
        const after = withStatusLine(before, ours);
        assert.deepEqual(JSON.parse(after), { ...JSON.parse(before), statusLine: ours });
        assert.ok(after.includes(rest), after);
        assert.deepEqual(JSON.parse(withStatusLine(after, undefined)), JSON.parse(before));
        const replaced = withStatusLine(after, { type: 'command', command: 'b' });
        assert.deepEqual(JSON.parse(replaced).statusLine, { type: 'command', command: 'b' });
        assert.ok(replaced.includes(rest), replaced);
      }
    }
  });

  it('lose a status line wherever it stands', () => {
    const line = '"statusLine": {"type": "command"}';
    assert.equal(withStatusLine(`{\n  ${line},\n  "a": 1\n}`, undefined), '{\n  "a": 1\n}');
    assert.equal(withStatusLine(`{\n  "a": 1,\n  ${line},\n  "b": 2\n}`, undefined), '{\n  "a": 1,\n  "b": 2\n}');
    assert.equal(withStatusLine(`{\n  ${line}\n}\n`, undefined), '{\n}\n');
    assert.equal(withStatusLine(`{${line}}`, undefined), '{}');
  });

  it('are made where there are none', () => {
    assert.deepEqual(JSON.parse(withStatusLine('', ours)), { statusLine: ours });
  });

  it('give back the status line that was replaced', () => {
    const theirs = { type: 'command', command: 'mine.sh', padding: 0 };
    const before = `${JSON.stringify({ statusLine: theirs, model: 'opus' }, null, 2)}\n`;
    assert.deepEqual(statusLineIn(before), theirs);
    const restored = withStatusLine(withStatusLine(before, ours), theirs);
    assert.deepEqual(JSON.parse(restored), JSON.parse(before));
  });

  it('are left alone where they are no JSON object', () => {
    for (const text of ['[]', '{', 'null', '{"a":1} // comment']) assert.throws(() => withStatusLine(text, ours));
    assert.equal(statusLineIn('{'), undefined);
  });
});

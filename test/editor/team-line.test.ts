import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SharingState, TeamStatus } from '../../src/dashboard/protocol/team.ts';
import { forbiddenWords } from '../../src/editor/team-forbidden.ts';
import { sharingLine } from '../../src/editor/team-line.ts';
import { readMachinePolicy } from '../../src/team/machine-policy.ts';

const now = Date.parse('2026-11-22T12:00Z');
const on: TeamStatus = {
  state: 'on',
  organisation: 'Acme',
  origin: 'https://board.example.org',
  as: 'Blue Heron',
  role: 'member',
  lastSyncAt: now - 3 * 60_000,
  pausedUntil: undefined,
  problem: undefined,
  forbidden: undefined,
  flag: undefined,
};
const links =
  '[Pause](command:tokenboard.pauseSharing) · [Preview](command:tokenboard.previewSharing) · [Leave](command:tokenboard.leaveTeam)';

function line(status: TeamStatus | undefined): string {
  const translate = (text: string, ...values: (string | number)[]) =>
    text.replace(/\{(\d)\}/g, (_all, index) => String(values[Number(index)]));
  return sharingLine({ status, now, clock: () => '13:00', translate });
}

describe('the tooltip’s line about sharing', () => {
  it('says that nothing leaves the machine where nobody has joined, and why nobody may', () => {
    assert.equal(line(undefined), '$(lock) Sharing is off: nothing leaves this machine.');
    const forbidden = { ...on, state: 'off', forbidden: 'It is switched off here.' } as const;
    assert.equal(line(forbidden), '$(lock) Sharing is off: nothing leaves this machine. It is switched off here\\.');
  });

  it('says what the machine’s policy forbids before anyone has joined', () => {
    const policyOf = (text: string) => {
      const file = join(mkdtempSync(join(tmpdir(), 'tb-')), 'policy.json');
      writeFileSync(file, text);
      return readMachinePolicy(file);
    };
    const translate = (text: string, ...values: (string | number)[]) =>
      text.replace(/\{(\d)\}/g, (_all, index) => String(values[Number(index)]));
    const words = (text: string) => forbiddenWords(policyOf(text), translate);
    assert.match(
      words('{"sharing": false}') ?? '',
      /^Whoever runs this machine has switched team sharing off, in .*policy\.json\.$/,
    );
    assert.match(
      words('{"servers": ["https://board.example.org"]}') ?? '',
      /with these servers only: https:\/\/board\.example\.org \(/,
    );
    assert.match(words('{') ?? '', /cannot be understood/);
    assert.equal(words('{}'), undefined);
    assert.equal(forbiddenWords(readMachinePolicy('/there/is/none.json'), translate), undefined);
  });

  it('says with whom, as whom and since when, and what can be done about it', () => {
    assert.equal(line(on), `$(broadcast) Sharing with Acme as Blue Heron · last sync 3 min ago · ${links}`);
    assert.match(
      line({ ...on, as: undefined, lastSyncAt: undefined }),
      /^\$\(broadcast\) Sharing with Acme · \[Pause\]/,
    );
  });

  it('says until when it is paused, with a way to go on', () => {
    const until = line({ ...on, state: 'paused', pausedUntil: now + 3_600_000 });
    assert.match(until, /Sharing with Acme is paused until 13:00 · .*\[Resume\]\(command:tokenboard\.resumeSharing\)/);
    assert.match(line({ ...on, state: 'paused', pausedUntil: null }), /Sharing with Acme is paused · /);
  });

  it('says what is wrong, whatever it is', () => {
    const words: Partial<Record<SharingState, RegExp>> = {
      failing: /Sharing with Acme fails: Broken\\\./,
      asking: /Sharing with Acme waits for you: Broken\\\. .*\[Decide\]\(command:tokenboard\.answerTeam\)/,
      'signed-out': /Sharing with Acme needs a sign-in: Broken\\\./,
      leaving: /Leaving Acme: Broken\\\. .*\[Ask again\]\(command:tokenboard\.leaveTeam\)$/,
    };
    for (const [state, expected] of Object.entries(words)) {
      assert.match(line({ ...on, state: state as SharingState, problem: 'Broken.' }), expected);
    }
  });

  it('lets a server’s words be neither a link nor a picture', () => {
    assert.ok(!line({ ...on, organisation: '[x](command:evil)', as: '$(trash)' }).includes('[x](command:evil)'));
    assert.ok(!line({ ...on, as: '$(trash)' }).includes('$(trash)'));
  });
});

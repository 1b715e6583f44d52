import assert from 'node:assert/strict';
import { sentences } from '../../src/team/sentences.ts';
import { teamStatus } from '../../src/team/status.ts';
import { sayer } from '../../src/team/thread/say.ts';
import { person } from './person.ts';

describe('what sharing says in another language', () => {
  const texts = {
    [sentences.off ?? '']: 'Nichts wird geteilt.',
    [sentences.rate_limited ?? '']: 'Bitte warten.',
    [sentences.consent_required ?? '']: 'Die Richtlinie von {0} ist neu.',
    [sentences.member ?? '']: 'Hier wird schon mit {0} geteilt.',
    'the team': 'das Team',
  };
  const say = (organisation?: string) =>
    sayer({ texts: () => texts, organisation: () => organisation, policyFile: () => '/policy.json' });

  it('is said of how it stands, of failures and of invitations', async () => {
    const ada = person({ clock: { now: Date.now() } });
    assert.equal(say().status(await teamStatus(ada.team)), 'Nichts wird geteilt.');
    ada.end();
    const problem = { type: 'about:blank', title: 'x', status: 403, code: 'consent_required' } as const;
    assert.equal(say('Acme').failure({ kind: 'problem', problem }), 'Die Richtlinie von Acme ist neu.');
    assert.equal(say().failure({ kind: 'problem', problem }), 'Die Richtlinie von das Team ist neu.');
    assert.equal(say().refusal({ kind: 'member', organisation: 'Acme' }), 'Hier wird schon mit Acme geteilt.');
  });

  it('stays English where nobody has translated it', () => {
    assert.equal(say().failure({ kind: 'offline' }), sentences.offline);
    assert.equal(say().code('no_such_code'), 'The server refused: no_such_code.');
  });
});

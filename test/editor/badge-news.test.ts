import assert from 'node:assert/strict';
import { badgeRules } from '../../src/badges/rules.ts';
import { badgeTitle } from '../../src/dashboard/protocol/badge-titles.ts';
import type { BadgeView } from '../../src/dashboard/protocol/badges.ts';
import { badgesToTell, earnedNames } from '../../src/editor/badge-news.ts';
import { badgeMessage } from '../../src/editor/badge-words.ts';

const today = '2026-05-12';
const t = (message: string, ...values: (string | number)[]) =>
  message.replace(/\{(\d)\}/g, (_, index) => String(values[Number(index)]));

function badge(id: string, ...earnedDays: readonly string[]): BadgeView {
  return {
    ...{ id, tiers: ['bronze', 'silver', 'gold', 'platinum'], earned: earnedDays.length, earnedDays },
    ...{ earnedOn: earnedDays.at(-1), unit: 'tokens', value: 1, goals: [1, 2, 3, 4], falling: false, progress: 0 },
  };
}

describe('the badges that are told', () => {
  const legend = badge('token-legend', '2024-01-01', '2025-01-01', '2026-05-12');
  const wizard = badge('cache-wizard', '2026-05-06');
  const steady = badge('weekday-steady');

  it('are those with a tier that is new, untold and of the last days', () => {
    const all = [legend, wizard, steady];
    assert.deepEqual(badgesToTell(all, earnedNames(all), today), [legend, wizard]);
    assert.deepEqual(badgesToTell(all, ['token-legend 2'], today), [legend]);
    assert.deepEqual(badgesToTell(all, [], today), []);
  });

  it('are none that came to light with an old history', () => {
    assert.deepEqual(badgesToTell([legend], ['token-legend 0', 'token-legend 1'], today), []);
    assert.deepEqual(badgesToTell([wizard], earnedNames([wizard]), '2026-05-14'), []);
  });

  it('are named with their tier', () => {
    assert.equal(badgeMessage([legend], t), 'You have earned a badge: Token Legend, gold.');
    assert.equal(
      badgeMessage([legend, wizard], t),
      'You have earned 2 badges: Token Legend, gold; Cache Wizard, bronze.',
    );
  });

  it('have a title each', () => {
    for (const { id } of badgeRules) assert.notEqual(badgeTitle(id, t), id);
  });
});

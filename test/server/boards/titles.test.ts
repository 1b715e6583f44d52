import assert from 'node:assert/strict';
import { badgeRules } from '../../../src/badges/rules.ts';
import type { Participant } from '../../../src/server/boards/participant.ts';
import { timeBadges, titleBadges, titlesOn } from '../../../src/server/boards/titles.ts';
import { metricIds } from '../../../src/team/protocol/terms.ts';
import { timeBadges as heldBack } from '../../../src/team/shared-badges.ts';

const rules = { namedBoards: true, quiet: false, topN: 250 };

function person(member: number, values: Participant['values'], badges: readonly string[]): Participant {
  const displayName = `Person ${member}`;
  return { member, mark: 1, displayName, visibility: 'named', boards: [], teams: [], badges, values };
}

describe('titles', () => {
  it('are those of the best in each metric who hold its badge, and of nobody behind them', () => {
    for (const metric of metricIds) {
      const badge = titleBadges[metric];
      const held = badge === undefined ? [] : [badge];
      const [best, second] = [person(1, { [metric]: 9 }, held), person(2, { [metric]: 8 }, held)];
      for (const people of [
        [best, second],
        [second, best],
      ]) {
        const titles = titlesOn(0, people, rules);
        assert.deepEqual(titles.get(best), badge === undefined ? undefined : [{ badge, metric }], metric);
        assert.equal(titles.get(second), undefined, metric);
      }
    }
  });

  it('are nobody’s where the best does not hold the badge, or nobody has used anything', () => {
    const [best, second] = [person(1, { tokens: 9 }, []), person(2, { tokens: 8 }, ['token-legend'])];
    assert.equal(titlesOn(0, [best, second], rules).size, 0);
    assert.equal(titlesOn(0, [person(3, { tokens: 0 }, ['token-legend'])], rules).size, 0);
  });

  it('carry badges that there are', () => {
    const ids = new Set(badgeRules.map(({ id }) => id));
    for (const badge of [...Object.values(titleBadges), ...timeBadges]) assert.ok(ids.has(badge), badge);
  });

  it('and badges that tell when someone works are the same to the server and to who sends them', () => {
    assert.deepEqual([...timeBadges].sort(), [...heldBack].sort());
    assert.ok(timeBadges.size > 0);
  });
});

import assert from 'node:assert/strict';
import { releasedChangelog } from './changelog.ts';

describe('The changelog of a release', () => {
  const before = '# Changelog\n\nNewest first.\n\n## Unreleased\n\n- Counts more.\n\n## 0.1.0\n\n- Counts.\n';

  it('gives what is unreleased its version and day, and leaves the rest alone', () => {
    assert.equal(
      releasedChangelog(before, '0.2.0', '2026-12-01'),
      '# Changelog\n\nNewest first.\n\n## 0.2.0 (2026-12-01)\n\n- Counts more.\n\n## 0.1.0\n\n- Counts.\n',
    );
  });

  it('refuses a release of which nothing is said', () => {
    assert.throws(
      () => releasedChangelog(before.replace('- Counts more.\n', ''), '0.2.0', '2026-12-01'),
      /says nothing/,
    );
    assert.throws(() => releasedChangelog('# Changelog\n\n## 0.1.0\n', '0.2.0', '2026-12-01'), /no "## Unreleased"/);
  });
});

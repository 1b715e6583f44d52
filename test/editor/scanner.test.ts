import assert from 'node:assert/strict';
import { join } from 'node:path';
import { Scanner } from '../../src/editor/scanner.ts';

describe('the scanner thread, as the editor sees it', () => {
  it('knows the settings also where it took the place of one that was lost', async () => {
    const scanner = new Scanner(join(import.meta.dirname, 'forgetful-thread.ts'), () => undefined);
    try {
      await scanner.ask({ ask: 'configure', settings: { withoutTools: [], folders: ['/logs'] } });
      assert.deepEqual((await scanner.ask({ ask: 'projects' })).projects, ['/logs']);
      await assert.rejects(scanner.ask({ ask: 'survey' }), /ended with code 3/);
      assert.deepEqual((await scanner.ask({ ask: 'projects' })).projects, ['/logs']);
    } finally {
      scanner.dispose();
    }
  });
});

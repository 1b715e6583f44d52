import { builderOn } from '../boards/builder.ts';
import { openPostgresStore } from '../store/postgres-store.ts';
import { openSqliteBeside } from '../store/sqlite-beside.ts';
import type { BuildAnswer, BuildCall } from './build-protocol.ts';

/** A process that builds once and ends, and its memory with it. It has connections of its own. */
process.once('message', async ({ place, order }: BuildCall) => {
  const answer = await built({ place, order }).catch(
    (error: unknown): BuildAnswer => ({ problem: error instanceof Error ? error.message : String(error) }),
  );
  process.send?.(answer, () => process.disconnect());
});
// Whoever ordered it is gone.
process.once('disconnect', () => process.exit());

async function built({ place, order }: BuildCall): Promise<BuildAnswer> {
  const store =
    place.kind === 'sqlite'
      ? await openSqliteBeside(place.file)
      : await openPostgresStore({ url: place.url, connections: 3, name: 'tokenboard boards' });
  try {
    return { count: await builderOn(store)(order, () => process.connected) };
  } finally {
    await store.close();
  }
}

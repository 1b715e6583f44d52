import fastify, { type FastifyInstance } from 'fastify';
import type { Store } from '../store/store.ts';

/** Health and measures, on a port of their own that only an operator reaches. Counts alone, nothing about anyone. */
export async function createHealthApp(store: Store, measures: () => string): Promise<FastifyInstance> {
  const app = fastify({ logger: false });
  app.get('/healthz', async () => ({ ok: true }));
  app.get('/readyz', async (_request, reply) => {
    try {
      await store.ready();
      return { ok: true };
    } catch {
      return reply.code(503).send({ ok: false });
    }
  });
  app.get('/metrics', async (_request, reply) =>
    reply.header('content-type', 'text/plain; version=0.0.4').send(measures()),
  );
  await app.ready();
  return app;
}

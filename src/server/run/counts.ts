import type { FastifyInstance } from 'fastify';
import type { Leader } from '../boards/leader.ts';

/** What the server has done, as numbers for a monitoring system. */
export interface Counts {
  /** Counts an app's answers by route and status, and how long they took. */
  count(app: FastifyInstance): void;
  /** In the text format that Prometheus reads. */
  text(leader: Pick<Leader, 'leading' | 'publishedAt'>): string;
}

const bucketsSec = [0.005, 0.02, 0.04, 0.1, 0.25, 1, 5];

export function counts(): Counts {
  const answers = new Map<string, number>();
  const durations = new Map<string, { readonly buckets: number[]; sum: number; count: number }>();
  return {
    count(app) {
      app.addHook('onResponse', async (request, reply) => {
        const route = request.routeOptions.url ?? 'none';
        const status = `${Math.floor(reply.statusCode / 100)}xx`;
        const name = `route="${route}",method="${request.method}",status="${status}"`;
        answers.set(name, (answers.get(name) ?? 0) + 1);
        const seconds = reply.elapsedTime / 1000;
        let duration = durations.get(route);
        if (duration === undefined) {
          duration = { buckets: bucketsSec.map(() => 0), sum: 0, count: 0 };
          durations.set(route, duration);
        }
        for (const [index, most] of bucketsSec.entries()) {
          if (seconds <= most) duration.buckets[index] = (duration.buckets[index] ?? 0) + 1;
        }
        duration.sum += seconds;
        duration.count++;
      });
    },
    text({ leading, publishedAt }) {
      const lines = head('tokenboard_answers_total', 'counter', 'Answers by route, method and status.');
      for (const [name, count] of answers) lines.push(`tokenboard_answers_total{${name}} ${count}`);
      lines.push(...head('tokenboard_answer_seconds', 'histogram', 'How long answers took, by route.'));
      for (const [route, { buckets, sum, count }] of durations) {
        for (const [index, most] of bucketsSec.entries()) {
          lines.push(`tokenboard_answer_seconds_bucket{route="${route}",le="${most}"} ${buckets[index]}`);
        }
        lines.push(`tokenboard_answer_seconds_bucket{route="${route}",le="+Inf"} ${count}`);
        lines.push(`tokenboard_answer_seconds_sum{route="${route}"} ${sum}`);
        lines.push(`tokenboard_answer_seconds_count{route="${route}"} ${count}`);
      }
      lines.push(
        ...head('tokenboard_leader', 'gauge', '1 in the process that leads.'),
        `tokenboard_leader ${leading ? 1 : 0}`,
      );
      lines.push(
        ...head('tokenboard_published_timestamp_seconds', 'gauge', 'When this process last published, 0 if not yet.'),
        `tokenboard_published_timestamp_seconds ${(publishedAt ?? 0) / 1000}`,
      );
      lines.push(
        ...head('process_resident_memory_bytes', 'gauge', 'Memory of this process.'),
        `process_resident_memory_bytes ${process.memoryUsage.rss()}`,
      );
      return `${lines.join('\n')}\n`;
    },
  };
}

function head(name: string, type: 'counter' | 'gauge' | 'histogram', help: string): string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`];
}

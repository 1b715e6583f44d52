import type { FastifyRequest } from 'fastify';
import { problemError } from './problem-error.ts';

/** Throws `foreign_origin` where a page of another site asks; programs name no origin. */
export function refuseForeignOrigin({ headers: { origin } }: FastifyRequest, publicUrl: string): void {
  if (origin !== undefined && origin !== new URL(publicUrl).origin) throw problemError('foreign_origin');
}

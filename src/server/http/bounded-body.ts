import { Transform, type TransformCallback } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { maxBodyBytes } from '../../team/protocol/limits.ts';
import { problemError } from './problem-error.ts';

/**
 * Takes bodies as JSON, plain or gzipped, of at most 128 KiB as they are unpacked: what goes beyond is let go of while it
 * streams in, so that a small body cannot unpack into a large one.
 */
export function boundBodies(app: FastifyInstance): void {
  app.addHook('preParsing', async (request, _reply, payload) => {
    const encoding = request.headers['content-encoding'] ?? 'identity';
    if (encoding === 'identity') return payload;
    if (encoding !== 'gzip') throw problemError('unsupported_media_type');
    const bounded = Object.assign(bound(maxBodyBytes), { receivedEncodedLength: 0 });
    payload.on('data', (chunk: Buffer) => {
      bounded.receivedEncodedLength += chunk.length;
    });
    const unpacked = createGunzip();
    payload.on('error', (error) => unpacked.destroy(error));
    unpacked.on('error', (error) => {
      bounded.destroy('problem' in error ? error : problemError('invalid_json', { detail: 'The gzip is broken.' }));
    });
    bounded.on('close', () => unpacked.destroy());
    return payload.pipe(unpacked).pipe(bounded);
  });
}

function bound(most: number): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback) {
      bytes += chunk.length;
      if (bytes > most) done(problemError('body_too_large'));
      else done(null, chunk);
    },
  });
}

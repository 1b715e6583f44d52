import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { icon } from './icon.ts';
import { script } from './script.ts';
import { style } from './style.ts';
import { boardStyle } from './style-board.ts';

/** A file that pages name by an address which changes with its contents. */
interface Asset {
  readonly path: string;
  readonly url: string;
  readonly etag: string;
  readonly type: string;
  readonly text: string;
}

export const styleFile = asset('/assets/web.css', 'text/css; charset=utf-8', `${style}${boardStyle}`);
export const scriptFile = asset('/assets/web.js', 'text/javascript; charset=utf-8', script);
export const iconFile = asset('/assets/icon.svg', 'image/svg+xml', icon);

/** Serves what the pages are made with; the same for everyone, signed in or not. */
export function serveAssets(app: FastifyInstance): void {
  for (const { path, url, etag, type, text } of [styleFile, scriptFile, iconFile]) {
    app.get<{ Querystring: { v?: string } }>(path, { schema: { hide: true } }, async (request, reply) => {
      // Under another version's address it may not be kept: it is what an older or newer process beside this one serves.
      const forever = request.url === url;
      reply
        .header('cache-control', forever ? 'public, max-age=31536000, immutable' : 'no-cache')
        .header('etag', etag)
        .header('content-security-policy', "default-src 'none'")
        .header('content-type', type);
      return request.headers['if-none-match'] === etag ? reply.code(304).send() : reply.send(text);
    });
  }
}

function asset(path: string, type: string, text: string): Asset {
  const hash = createHash('sha256').update(text).digest();
  const version = hash.toString('base64url').slice(0, 12);
  return {
    path,
    url: `${path}?v=${version}`,
    etag: `"${version}"`,
    type,
    text,
  };
}

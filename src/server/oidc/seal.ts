import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** Keeps what a person at the database may not read, and names people by what tells nothing about them. */
export interface Seal {
  /** A person as the database knows one: a keyed hash of issuer and subject. */
  subjectOf(issuer: string, sub: string): string;
  /** Encrypted, and bound to a purpose: it opens for that one alone. */
  seal(purpose: string, text: string): string;
  /** Undefined where it was sealed with another key or for another purpose. */
  open(purpose: string, sealed: string): string | undefined;
}

const ivBytes = 12;
const tagBytes = 16;

/** Seals with keys of their own that are derived from the server's. */
export function sealOf(serverKey: Buffer): Seal {
  const derived = (use: string): Buffer => Buffer.from(hkdfSync('sha256', serverKey, '', `tokenboard oidc ${use}`, 32));
  const hashKey = derived('subject');
  const sealKey = derived('seal');
  return {
    subjectOf: (issuer, sub) =>
      createHmac('sha256', hashKey)
        .update(JSON.stringify([issuer, sub]))
        .digest('hex'),
    seal(purpose, text) {
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv('aes-256-gcm', sealKey, iv).setAAD(Buffer.from(purpose));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url');
    },
    open(purpose, sealed) {
      const bytes = Buffer.from(sealed, 'base64url');
      if (bytes.length < ivBytes + tagBytes) return undefined;
      const decipher = createDecipheriv('aes-256-gcm', sealKey, bytes.subarray(0, ivBytes))
        .setAAD(Buffer.from(purpose))
        .setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
      try {
        return Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()]).toString('utf8');
      } catch {
        return undefined;
      }
    },
  };
}

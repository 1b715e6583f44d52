/** A text's digest, in hexadecimal. Few logs need one, so that Node's cryptography (3 ms) is loaded by the first that does. */
export function hexDigest(algorithm: 'md5' | 'sha256', text: string): string {
  return process.getBuiltinModule('node:crypto').createHash(algorithm).update(text).digest('hex');
}

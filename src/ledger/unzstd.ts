import type { zstdDecompressSync } from 'node:zlib';

/** As Node's `zstdDecompressSync`. Few logs are compressed, so that what unpacks them (1 ms) is loaded by the first that is. */
export const unzstd: typeof zstdDecompressSync = (...asked) =>
  process.getBuiltinModule('node:zlib').zstdDecompressSync(...asked);

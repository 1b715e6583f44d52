export interface PipedText {
  /** All that was piped; empty where nothing is, where nothing comes within a time (milliseconds), or where it is too much. */
  within(firstByteMs: number): Promise<string>;
}

const mostBytes = 1_000_000;
/** Who has begun to write is given that long to end. */
const endMs = 250;
const stepMs = 5;

/** Listens to what is piped into a stream, without waiting for who holds the pipe open and says nothing. */
export function pipedText(stream: NodeJS.ReadStream): PipedText {
  if (stream.isTTY) return { within: () => Promise.resolve('') };
  const chunks: Buffer[] = [];
  let bytes = 0;
  let ended = false;
  let wake = (): void => {};
  const end = (): void => {
    ended = true;
    wake();
  };
  stream.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > mostBytes) end();
  });
  stream.once('end', end);
  stream.on('error', end);
  return {
    async within(firstByteMs) {
      const start = performance.now();
      while (!ended && performance.now() - start < (bytes > 0 ? endMs : firstByteMs)) {
        await new Promise<void>((resolve) => {
          wake = resolve;
          setTimeout(resolve, stepMs);
        });
      }
      stream.destroy();
      return bytes > mostBytes ? '' : Buffer.concat(chunks).toString('utf8');
    },
  };
}

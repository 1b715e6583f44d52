/** How far a scan is. */
export interface ScanProgress {
  readonly files: number;
  readonly filesDone: number;
  readonly bytes: number;
  readonly bytesDone: number;
}

export interface ProgressLine {
  update(progress: ScanProgress): void;
  /** Takes the line away again. */
  end(): void;
}

const quietMs = 1000;
const redrawMs = 100;

/** Tells people on standard error how a scan goes once it takes longer than a second: a live line on a terminal, else a single line. */
export function progressLine(stream: NodeJS.WriteStream, now: () => number): ProgressLine {
  const start = now();
  let drawn: number | undefined;
  return {
    update(progress) {
      const time = now();
      if (time - start < quietMs) return;
      if (!stream.isTTY) {
        if (drawn === undefined)
          stream.write(`Reading ${fileSize(progress.bytes)} of logs; the next time only what is new.\n`);
        drawn = time;
      } else if (drawn === undefined || time - drawn >= redrawMs) {
        const text = `Reading logs: ${fileSize(progress.bytesDone)} of ${fileSize(progress.bytes)}, ${progress.filesDone} of ${progress.files} files`;
        stream.write(`\r\u001b[K${text.slice(0, Math.max(0, (stream.columns || 80) - 1))}`);
        drawn = time;
      }
    },
    end() {
      if (drawn !== undefined && stream.isTTY) stream.write('\r\u001b[K');
    },
  };
}

/** `1,204 MB`, `0.3 MB`, `12 kB`. */
export function fileSize(bytes: number): string {
  if (bytes < 100_000) return `${Math.ceil(bytes / 1e3)} kB`;
  const value = bytes / 1e6;
  return `${value.toLocaleString('en-US', { maximumFractionDigits: value < 10 ? 1 : 0 })} MB`;
}

import { writeSync } from 'node:fs';
import { type Logger, type LoggerOptions, pino } from 'pino';

/** Structured log lines on standard output: what the server does, never who asked what, and no host's name. */
export function logger(level: string): Logger {
  const options: LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    // Errors of libraries may hold what was sent; their message and place are enough.
    serializers: {
      err: (error: Error) => ({ type: error.name, message: error.message, at: error.stack?.split('\n')[1]?.trim() }),
      req: () => undefined,
      res: () => undefined,
    },
  };
  return pino(options, { write: writeLine });
}

/** A board goes on where its log cannot be written: pino's own writer tries again for ever, also at the end. */
function writeLine(line: string): void {
  try {
    writeSync(1, line);
  } catch {
    // The disk is full, or whoever read it is gone.
  }
}

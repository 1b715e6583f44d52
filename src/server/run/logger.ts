import { type Logger, pino } from 'pino';

/** Structured log lines on standard output: what the server does, never who asked what, and no host's name. */
export function logger(level: string): Logger {
  return pino({
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
  });
}

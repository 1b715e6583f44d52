/** A wrong flag or setting; the command ends with 2 and says why. */
export function configError(message: string): Error {
  return Object.assign(new Error(message), { usage: true });
}

/** What parseArgs complains of, in a sentence; `command` is whose help tells more: `serve`. */
export function flagError(error: unknown, command: 'serve' | 'admin'): Error {
  const { code, message } = error as NodeJS.ErrnoException;
  const typed = /'(?:-\w, )?([^'\s]*)/.exec(message)?.[1] ?? '';
  switch (code) {
    case 'ERR_PARSE_ARGS_UNKNOWN_OPTION':
      return configError(`there is no flag ${typed}; see tokenboard ${command} --help.`);
    case 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE':
      return configError(`${typed} ${message.includes('does not take') ? 'takes no value' : 'needs a value'}.`);
    case 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL':
      return configError(`'tokenboard ${command}' takes only flags, not '${typed}'.`);
    default:
      return configError(message);
  }
}

const loopback = new Set(['127.0.0.1', '::1', '[::1]', 'localhost']);

/** Whether only this machine reaches a host. */
export function isLoopback(host: string): boolean {
  return loopback.has(host);
}

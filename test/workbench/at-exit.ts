/** Does something when this process exits, by a signal too. Gives the way to call it off. */
export function atExit(cleanup: () => void): () => void {
  process.once('exit', cleanup);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    // A signal that nobody listens to would end the process without its exit handlers.
    if (process.listenerCount(signal) === 0) process.once(signal, () => process.exit(1));
  }
  return () => process.removeListener('exit', cleanup);
}

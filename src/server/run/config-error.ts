/** A wrong flag or setting; the command ends with 2 and says why. */
export function configError(message: string): Error {
  return Object.assign(new Error(message), { usage: true });
}

const loopback = new Set(['127.0.0.1', '::1', '[::1]', 'localhost']);

/** Whether only this machine reaches a host. */
export function isLoopback(host: string): boolean {
  return loopback.has(host);
}

/**
 * Milliseconds that this thread has worked since some moment: of a processor, so that a busy machine makes them no more; those
 * that have passed, where Node cannot tell.
 */
export function workedMs(): number {
  // Node 22 does not know it.
  const used = (process as Partial<NodeJS.Process>).threadCpuUsage?.();
  return used === undefined ? performance.now() : (used.user + used.system) / 1000;
}

/** How long a page waits for what must come, ms: a busy machine takes its time, and a quick one does not wait. */
export const patience = 60_000;

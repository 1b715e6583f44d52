export { adminCommand } from './run/admin-command.ts';
export type { Surroundings } from './run/config.ts';
export { serveCommand } from './run/serve-command.ts';

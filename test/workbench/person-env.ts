import { delimiter, sep } from 'node:path';

/** The person's own environment, without what npm and an editor around this process have put into it. */
export function personEnv(env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const foreign = /^(npm_|VSCODE_|ELECTRON_|INIT_CWD$|NODE$|PORT$|PASSWORD$)/;
  const own = Object.fromEntries(Object.entries(env).filter(([name]) => !foreign.test(name)));
  const npms = (folder: string) => folder.endsWith(`node_modules${sep}.bin`) || folder.endsWith(`${sep}node-gyp-bin`);
  own.PATH = (env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !npms(folder))
    .join(delimiter);
  return own;
}

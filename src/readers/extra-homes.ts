import type { Machine } from './reader.ts';

/** `/mnt/c/Users/ada`: a Windows home as WSL shows it. */
const windowsHome = /^\/mnt\/[a-z]\/Users\/[^/]+/i;
/** `//wsl.localhost/Ubuntu/home/ada`: a home in WSL as Windows shows it. */
const wslHome = /^\/\/wsl(?:\$|\.localhost)\//i;

/**
 * Another home folder as a machine of its own: no environment override holds, and where its tools keep their logs is as
 * usual on the system that it belongs to, which its path tells.
 */
export function machineOfHome(home: string, { platform }: Pick<Machine, 'platform'>): Machine {
  const slashed = (platform === 'win32' ? home.replaceAll('\\', '/') : home).replace(/(?<=.)\/+$/, '');
  const shape = wslHome.test(slashed)
    ? 'linux'
    : platform === 'linux' && windowsHome.test(slashed)
      ? 'win32'
      : platform;
  return { home: slashed, platform: shape, env: {} };
}

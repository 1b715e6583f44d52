/**
 * A test for folders that are left out. `*` and `?` stand for anything within a folder's name, `**` for any number of folders, `~`
 * for the home; a glob that begins with neither a slash nor a drive fits folders anywhere. What lies below a folder that fits fits as well. On
 * systems that do not tell upper from lower case, neither does the test.
 */
export function folderTest(
  globs: readonly string[],
  { home, platform }: { readonly home: string; readonly platform: NodeJS.Platform },
): (folder: string) => boolean {
  const flags = platform === 'win32' || platform === 'darwin' ? 'iu' : 'u';
  const tests = globs
    .map((glob) => slashed(glob.trim()))
    .filter((glob) => glob !== '')
    .map((glob) => new RegExp(sourceOf(glob, slashed(home)), flags));
  return (folder) => tests.some((test) => test.test(slashed(folder)));
}

function sourceOf(glob: string, home: string): string {
  const whole = glob
    .replace(/^~(?=\/|$)/, () => home)
    .replace(/(?<=.)\/+$/, '')
    .replace(/(?<=.)\/\*\*$/, '')
    .replace(/^(?:\*\*\/)+/, '');
  const start = /^(?:\/|[a-z]:\/)/i.test(whole) ? '^' : '(?:^|/)';
  return `${start}${whole.replace(/\*\*\/?|[*?]|[.+^${}()|[\]\\]/g, partOf)}(?:/|$)`;
}

function partOf(part: string): string {
  if (part.startsWith('**')) return part.endsWith('/') ? '(?:[^/]+/)*' : '.*';
  if (part === '*') return '[^/]*';
  return part === '?' ? '[^/]' : `\\${part}`;
}

function slashed(path: string): string {
  return path.replaceAll('\\', '/');
}

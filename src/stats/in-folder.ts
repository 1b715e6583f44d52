/** Whether a path is a folder or lies below it; both separators count as one. Of an empty path nothing is known: it lies in none. */
export function inFolder(path: string, folder: string): boolean {
  if (path === '' || folder === '') return false;
  const [inner, outer] = [trimmed(path), trimmed(folder)];
  return inner === outer || inner.startsWith(outer === '/' ? '/' : `${outer}/`);
}

function trimmed(path: string): string {
  return path.replaceAll('\\', '/').replace(/(?<=.)\/+$/, '');
}

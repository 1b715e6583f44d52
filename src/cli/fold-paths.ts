/** So many paths that differ in one folder alone are worth one line. */
const worthFolding = 3;

/** Paths with those that differ in one folder alone written as one: `~/.config/{Code, VSCodium, Cursor}/User`. All are named. */
export function foldPaths(paths: readonly string[]): string[] {
  const folded: string[] = [];
  let left = [...new Set(paths)];
  for (let first = left[0]; first !== undefined; first = left[0]) {
    const { members, place } = largestGroup(first, left);
    if (members.length < worthFolding) {
      folded.push(first);
      left = left.slice(1);
      continue;
    }
    const names = members.map((path) => path.split('/')[place]);
    folded.push(
      first
        .split('/')
        .with(place, `{${names.join(', ')}}`)
        .join('/'),
    );
    left = left.filter((path) => !members.includes(path));
  }
  return folded;
}

/** The most paths that are like the first but for the folder at one place. */
function largestGroup(first: string, paths: readonly string[]): { members: readonly string[]; place: number } {
  const without = (path: string, place: number): string => path.split('/').with(place, '').join('/');
  let best: { members: readonly string[]; place: number } = { members: [first], place: 0 };
  const length = first.split('/').length;
  const alike = paths.filter((path) => path.split('/').length === length);
  for (let place = 0; place < length; place++) {
    const members = alike.filter((path) => without(path, place) === without(first, place));
    if (members.length > best.members.length) best = { members, place };
  }
  return best;
}

const heading = '## Unreleased';

/** A changelog whose unreleased part has become a version's, with its day. Fails where nothing is said of what changed. */
export function releasedChangelog(text: string, version: string, day: string): string {
  const begin = text.indexOf(`\n${heading}\n`);
  if (begin < 0) throw new Error(`CHANGELOG.md has no "${heading}"`);
  const rest = text.slice(begin + heading.length + 2);
  const said = rest.split(/^## /m, 1)[0] ?? '';
  if (!/^- /m.test(said)) throw new Error(`CHANGELOG.md says nothing below "${heading}"`);
  return `${text.slice(0, begin)}\n## ${version} (${day})\n${rest}`;
}

import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { releasedChangelog } from './changelog.ts';
import { vsixPath } from './package-vsix.ts';
import { writePartsList } from './parts-list.ts';
import { npmCommand } from './run-command.ts';
import { say } from './say.ts';

/** Makes a release of what is committed: version, changelog, .vsix, npm package, list of parts, commit, tag. Pushes nothing. */
const kind = process.argv[2] ?? '';
if (!/^(?:major|minor|patch|\d+\.\d+\.\d+)$/.test(kind)) {
  say('npm run release -- major | minor | patch | 1.2.3');
  process.exit(2);
}
if (git('status', '--porcelain') !== '') {
  say('Something is not committed yet.');
  process.exit(1);
}
npm('version', kind, '--no-git-tag-version', '--allow-same-version');
const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string };
try {
  const day = new Date().toISOString().slice(0, 10);
  writeFileSync('CHANGELOG.md', releasedChangelog(readFileSync('CHANGELOG.md', 'utf8'), version, day));
  npm('run', 'package');
  mkdirSync('out', { recursive: true });
  npm('pack', '--pack-destination', 'out');
  writePartsList();
} catch (error) {
  git('checkout', '--', 'package.json', 'package-lock.json', 'CHANGELOG.md');
  throw error;
}
git('commit', '--all', '--message', `release: ${version}`);
git('tag', '--annotate', `v${version}`, '--message', `Tokenboard ${version}`);
say(
  `v${version} is committed and tagged; ${vsixPath()} and its siblings are in out/. To publish: git push --follow-tags`,
);

function git(...args: readonly string[]): string {
  return execFileSync('git', args, { encoding: 'utf8' }).trim();
}

function npm(...args: readonly string[]): void {
  const [command, all] = npmCommand(args);
  execFileSync(command, all, { stdio: ['ignore', 'inherit', 'inherit'] });
}

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import manifest from '../../package.json' with { type: 'json' };

describe('the published command', function () {
  this.timeout(20_000);
  let home: string;

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'tb-'));
  });

  afterEach(() => rmSync(home, { recursive: true, force: true }));

  const run = (env: Record<string, string>, ...args: string[]): string => runOf('dist', env, args);

  const runOf = (folder: string, env: Record<string, string>, args: readonly string[]): string =>
    execFileSync(process.execPath, [join(folder, 'cli.js'), ...args], {
      env: { PATH: process.env.PATH, HOME: home, USERPROFILE: home, LOCALAPPDATA: home, ...env },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });

  it('keeps its compiled code, once, and answers the same with it', function () {
    if (process.platform !== 'linux') this.skip();
    const first = run({}, 'help');
    const code = join(home, '.cache/tokenboard/code');
    const kept = (): readonly string[] => readdirSync(code, { recursive: true }).map(String).sort();
    const before = kept();
    assert.ok(before.length > 0);
    assert.equal(run({}, 'help'), first);
    assert.deepEqual(kept(), before);
    assert.deepEqual(readdirSync(home), ['.cache']);
  });

  it('answers where nothing can be kept, and where a person has chosen another place or none', () => {
    const file = join(home, 'file');
    writeFileSync(file, '');
    const chosen = join(home, 'chosen');
    assert.equal(run({ XDG_CACHE_HOME: file }, '--version'), `${manifest.version}\n`);
    assert.equal(run({ NODE_DISABLE_COMPILE_CACHE: '1' }, '--version'), `${manifest.version}\n`);
    if (process.platform === 'linux') assert.ok(!existsSync(join(home, '.cache')));
    if (process.platform === 'linux') {
      // Not relative to where the person happens to be.
      run({ XDG_CACHE_HOME: 'relative' }, '--version');
      assert.deepEqual([existsSync('relative'), existsSync(join(home, '.cache'))], [false, true]);
      rmSync(join(home, '.cache'), { recursive: true });
    }
    assert.equal(run({ NODE_COMPILE_CACHE: chosen }, '--version'), `${manifest.version}\n`);
    assert.ok(existsSync(chosen));
    if (process.platform === 'linux') assert.ok(!existsSync(join(home, '.cache')));
  });

  it('helps with the backend by both ways to ask', () => {
    for (const name of ['serve', 'admin']) assert.equal(run({}, 'help', name), run({}, name, '--help'));
  });

  it('has all that the backend needs in the image', () => {
    const image = join(home, 'dist');
    mkdirSync(image);
    const copied = /^COPY --from=build (.+) \.\/dist\/$/m.exec(readFileSync('deploy/Dockerfile', 'utf8'))?.[1] ?? '';
    for (const file of copied.split(' ')) copyFileSync(join('dist', basename(file)), join(image, basename(file)));
    for (const name of ['serve', 'admin'])
      assert.match(runOf(image, {}, [name, '--help']), new RegExp(`tokenboard ${name}`));
  });
});

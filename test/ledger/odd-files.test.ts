import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { promisify } from 'node:util';
import { scanInChild } from './children.ts';
import { totals } from './contents.ts';
import { giveTo, type Home, newHome, nobody, scanHome } from './home.ts';
import { claudeLine } from './log-lines.ts';

const folder = '.claude/projects/-home-dev-app';

function withLog(): Home {
  const home = newHome();
  home.write(`${folder}/session-1.jsonl`, claudeLine({ id: 'm1' }));
  return home;
}

async function count(home: Home): Promise<{ events: number; files: number; problems: readonly { reason: string }[] }> {
  const ledger = home.open();
  const { files, problems } = await scanHome(home, ledger);
  return { events: totals(ledger).events, files, problems };
}

describe('among the logs', () => {
  it('a folder that is named like a log is searched like any folder', async () => {
    const home = withLog();
    home.write(`${folder}/odd.jsonl/session-2.jsonl`, claudeLine({ id: 'm2' }));
    assert.deepEqual(await count(home), { events: 2, files: 2, problems: [] });
  });

  it('a pipe and a socket are passed over, and nothing waits for them', async function () {
    if (process.platform === 'win32') this.skip();
    const home = withLog();
    execFileSync('mkfifo', [home.path(`${folder}/pipe.jsonl`)]);
    symlinkSync(home.path(`${folder}/pipe.jsonl`), home.path(`${folder}/linked-pipe.jsonl`));
    const server = createServer().listen(home.path(`${folder}/s.jsonl`));
    try {
      const report = await scanInChild(home.dir);
      assert.deepEqual([report.filesRead, report.problems, report.output], [1, [], 90]);
    } finally {
      server.close();
    }
  });

  it('a log that has become a pipe since it was found is a problem, and nothing waits for it', async function () {
    if (process.platform === 'win32') this.skip();
    const home = newHome();
    execFileSync('mkfifo', [home.path('pipe')]);
    const { href } = new URL('../../src/', import.meta.url);
    const script = `
      import { readJobs } from '${href}ledger/read-jobs.ts';
      import { readers } from '${href}readers/index.ts';
      const path = process.argv[1];
      const job = { log: 1, path, relativePath: 'p/s', dir: '/', state: undefined };
      const jobs = [{ ...job, tool: 'claude-code', kind: 'lines' }, { ...job, tool: 'gemini-cli', kind: 'document' }];
      const { outcomes } = readJobs(jobs, readers);
      process.stdout.write(outcomes.map(({ problem }) => problem).join(', '));`;
    const options = ['--input-type=module', '--eval', script, home.path('pipe')];
    const { stdout } = await promisify(execFile)(process.execPath, options, { timeout: 10_000 });
    assert.equal(stdout, 'it is no file, it is no file');
  });

  it('links that lead back or to nowhere end', async () => {
    const home = withLog();
    symlinkSync(home.path('.claude'), home.path(`${folder}/up`));
    symlinkSync(home.path(folder), home.path(`${folder}/here`));
    symlinkSync(home.path(`${folder}/self.jsonl`), home.path(`${folder}/self.jsonl`));
    symlinkSync(home.path('nowhere.jsonl'), home.path(`${folder}/broken.jsonl`));
    symlinkSync('/', home.path(`${folder}/everything`));
    const found = await count(home);
    assert.equal(found.events, 1);
    assert.deepEqual(
      found.problems.map(({ reason }) => reason),
      ['a link that leads back to itself'],
    );
  });

  it('linked folders and files are read, also when the whole place is a link', async () => {
    const home = newHome();
    home.write('elsewhere/projects/p/session-1.jsonl', claudeLine({ id: 'm1' }));
    home.write('archive/p2/session-2.jsonl', claudeLine({ id: 'm2' }));
    home.write('one.txt', claudeLine({ id: 'm3' }));
    mkdirSync(home.path('.claude'));
    symlinkSync(home.path('elsewhere/projects'), home.path('.claude/projects'));
    symlinkSync(home.path('archive'), home.path('.claude/projects/archive'));
    symlinkSync(home.path('one.txt'), home.path('.claude/projects/p/one.jsonl'));
    assert.deepEqual(await count(home), { events: 3, files: 3, problems: [] });
  });

  it('what may not be read is named, and read once it may be', async function () {
    const user = nobody();
    if (process.platform === 'win32' || (process.getuid?.() === 0 && user === undefined)) this.skip();
    const home = withLog();
    home.write(`${folder}/locked.jsonl`, claudeLine({ id: 'm2' }));
    home.write('.claude/projects/private/session-3.jsonl', claudeLine({ id: 'm3' }));
    giveTo(home, user);
    chmodSync(home.path(`${folder}/locked.jsonl`), 0);
    chmodSync(home.path('.claude/projects/private'), 0);
    const report = await scanInChild(home.dir, 0, user);
    assert.equal(report.output, 90);
    assert.deepEqual(report.problems.map(({ path, reason }) => [path.slice(home.dir.length + 1), reason]).sort(), [
      ['.claude/projects/-home-dev-app/locked.jsonl', 'no permission to read it'],
      ['.claude/projects/private', 'no permission to read it'],
    ]);
    chmodSync(home.path(`${folder}/locked.jsonl`), 0o600);
    chmodSync(home.path('.claude/projects/private'), 0o700);
    assert.deepEqual((await scanInChild(home.dir, 0, user)).output, 270);
  });

  it('a file in place of a folder of logs, and a folder in place of the home, are no problem', async () => {
    const home = newHome();
    home.write('.claude', 'no folder');
    mkdirSync(home.path('.codex/sessions/rollout.jsonl'), { recursive: true });
    assert.deepEqual(await count(home), { events: 0, files: 0, problems: [] });
  });
});

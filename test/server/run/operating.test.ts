import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastify from 'fastify';
import { teamHelp } from '../../../src/cli/help-team.ts';
import { oidcEnvironment } from '../../../src/server/oidc/config.ts';
import { adminCommand } from '../../../src/server/run/admin-command.ts';
import { adminHelp } from '../../../src/server/run/admin-help.ts';
import { serveEnvironment, serveFlags } from '../../../src/server/run/config.ts';
import { counts } from '../../../src/server/run/counts.ts';
import { serveHelp } from '../../../src/server/run/serve-command.ts';
import { endpoints } from '../../../src/team/protocol/endpoints.ts';
import { retention } from '../../../src/team/protocol/limits.ts';
import { newFolder } from './command.ts';

const docs = new URL('../../../docs/', import.meta.url);
const text = readFileSync(new URL('operating.md', docs), 'utf8');
const all = (pattern: RegExp): string[] => [...new Set([...text.matchAll(pattern)].map(([, found = '']) => found))];

describe('what docs/operating.md says', () => {
  it('names measures that there are, and all of them, by labels that they have', async () => {
    const measures = counts();
    const app = fastify();
    measures.count(app);
    app.get('/', async () => 'well');
    await app.inject({ url: '/' });
    const output = measures.text({ leading: true, publishedAt: 1 });
    await app.close();
    const families = [...output.matchAll(/^# TYPE (\w+) /gm)].map(([, name = '']) => name);
    const samples = [...output.matchAll(/^(\w+)[{ ]/gm)].map(([, name = '']) => name);
    const told = all(/\b((?:tokenboard|process)_[a-z_]+)\b/g);
    assert.deepEqual(
      told.filter((name) => !families.includes(name) && !samples.includes(name)),
      [],
    );
    assert.deepEqual(
      families.filter((name) => !told.includes(name)),
      [],
    );
    const labels = [...output.matchAll(/[{,](\w+)="/g)].map(([, label = '']) => label);
    const asked = all(/[{,](\w+)=~?"/g).filter((label) => label !== 'job');
    assert.ok(asked.length > 1);
    for (const label of asked) assert.ok(labels.includes(label), label);
    const paths: string[] = Object.values(endpoints).map(({ path }) => path);
    for (const route of all(/route="([^"]+)"/g)) assert.ok(paths.includes(route), route);
  });

  it('has an alert for each of what can go wrong, in the form of Prometheus', () => {
    const rules = /```yaml\n([\s\S]*?)```/.exec(text)?.[1] ?? '';
    const alerts = rules.split('- alert: ').slice(1);
    assert.ok(alerts.length >= 6);
    for (const alert of alerts) {
      assert.match(alert, /^Tokenboard\w+( #.*)?\n {8}expr: /);
      assert.match(alert, /\n {8}for: \d+[mh]\n {8}annotations: \{ summary: ".+" \}\n/);
      const brackets = (open: string, close: string) => alert.split(open).length - alert.split(close).length;
      for (const [open, close] of ['()', '{}', '[]'].map((pair) => [...pair])) {
        assert.equal(brackets(open ?? '', close ?? ''), 0, alert);
      }
    }
  });

  it('has an image into which all is copied that its build reads', () => {
    const root = new URL('../', docs);
    const image = readFileSync(new URL('deploy/Dockerfile', root), 'utf8');
    const copied = [...image.matchAll(/^COPY (?!--)(.+) \S+$/gm)].flatMap(([, paths = '']) => paths.split(' '));
    const isCopied = (path: string) => copied.some((one) => path === one || path.startsWith(`${one}/`));
    const { scripts } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as {
      scripts: Record<string, string>;
    };
    const steps = [...image.matchAll(/npm run ([\w:]+)/g)].map(([, name = '']) => scripts[name] ?? '');
    const read = steps.flatMap((step) => [...step.matchAll(/(?<![\w.])((?:src|test|webview)\/[\w/.-]+)/g)]);
    assert.ok(read.length > 5);
    for (const [, path = ''] of read) assert.ok(isCopied(path), path);
    for (const entry of readdirSync(new URL('src', root), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !entry.name.endsWith('.ts')) continue;
      const file = join(entry.parentPath, entry.name);
      for (const [, target = ''] of readFileSync(file, 'utf8').matchAll(/from '(\.[^']+)'/g)) {
        const path = relative(fileURLToPath(root), join(entry.parentPath, target)).replaceAll('\\', '/');
        assert.ok(isCopied(path), `${file}: ${path}`);
      }
    }
  });

  it('names commands that there are, with flags that they take', async () => {
    const acts = all(/tokenboard\s+admin\s+([a-z-]+)/g);
    assert.ok(acts.includes('move') && acts.includes('restore') && acts.includes('audit'));
    const surroundings = { defaultData: join(newFolder(), 'none'), version: '0', env: {} };
    for (const act of acts) {
      await assert.rejects(adminCommand([act], surroundings), (error: Error) => {
        assert.doesNotMatch(error.message, /there is no 'admin/, act);
        return true;
      });
      assert.match(adminHelp, new RegExp(`^ {2}${act}\\b`, 'm'));
    }
    for (const act of all(/tokenboard\s+team\s+([a-z-]+)/g)) assert.match(teamHelp, new RegExp(`^ {2}${act}\\b`, 'm'));
    const foreign = ['--format', '--exit-on-error', '--encoding', '--data-only', '--clean', '--version'];
    for (const flag of all(/(?<![\w-])(--[a-z][a-z-]+)/g)) {
      const known = `${serveHelp}${adminHelp}`.includes(flag) || flag.slice(2) in serveFlags || foreign.includes(flag);
      assert.ok(known, flag);
    }
    const variables: string[] = [...Object.values(serveEnvironment), ...Object.values(oidcEnvironment)];
    variables.push('TOKENBOARD_SERVER_KEY', 'TOKENBOARD_OIDC_CLIENT_SECRET');
    for (const name of all(/\b(TOKENBOARD_[A-Z_]+)\b/g)) assert.ok(variables.includes(name), name);
  });

  it('tells the retention that the server has, and leads to pages that there are', () => {
    const [cells, days, audit] = ['cells: ', 'day totals of', 'audit, and'].map((row) =>
      Number(new RegExp(`^\\| ${row}[^|]*\\| (\\d+) days`, 'm').exec(text)?.[1]),
    );
    assert.deepEqual({ cells, days, audit }, retention);
    const titles = all(/^## (.+)$/gm).map((title) =>
      title
        .toLowerCase()
        .replace(/[^\w -]/g, '')
        .replaceAll(' ', '-'),
    );
    for (const target of all(/\]\(([^)]+)\)/g)) {
      assert.ok(target.startsWith('#') ? titles.includes(target.slice(1)) : existsSync(new URL(target, docs)), target);
    }
  });
});

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Page } from 'playwright-core';
import { appendClaude } from '../demo/claude-log.ts';
import { counterShows } from '../workbench/counter.ts';
import { noonZone } from '../workbench/noon-zone.ts';
import { vsixPath } from '../workbench/package-vsix.ts';
import { sandboxEnv } from '../workbench/sandbox-env.ts';
import { openWorkbench, type Workbench } from '../workbench/workbench.ts';
import { answerMessage, messageOf, picture, pictureOfFailure, runCommand, until } from './window.ts';

const setUp = "Tokenboard: Show Tokens in Claude Code's Status Line";
const takeBack = "Tokenboard: Take Tokens out of Claude Code's Status Line";
const theirs = `{
    "model": "opus",
    "statusLine": {
        "type": "command",
        "command": "~/mine.sh",
        "padding": 0
    },
    "permissions": { "allow": ["Bash(ls:*)"] }
}
`;

describe("Claude Code's status line", () => {
  let home: string;
  let settings: string;
  let workbench: Workbench;
  let page: Page;

  before(async () => {
    home = mkdtempSync(join(realpathSync(tmpdir()), 'tb-'));
    settings = join(home, '.claude', 'settings.json');
    mkdirSync(join(home, '.claude'));
    writeFileSync(settings, theirs);
    appendClaude(home, { id: 'a', session: 's', project: '/home/dev/demo', time: Date.now(), output: 777 });
    const env = { TZ: noonZone() };
    workbench = await openWorkbench({ name: 'statusline', home, vsix: vsixPath(), env });
    page = workbench.page;
    await counterShows(page, '777');
  });

  after(async () => {
    await workbench?.close();
    rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  });

  afterEach(async function () {
    await pictureOfFailure(this.currentTest, page);
    await runCommand(page, 'Notifications: Clear All Notifications');
  });

  it('is shown as it would become, and stays as it is when the person leaves it', async () => {
    await runCommand(page, setUp);
    const question = messageOf(page, 'Replace Claude Code’s present status line');
    await question.waitFor();
    await page.locator('.monaco-diff-editor .modified .view-lines', { hasText: 'tokenboard' }).waitFor();
    await page.locator('.monaco-diff-editor .original .view-lines', { hasText: 'mine.sh' }).waitFor();
    await picture(page, 'statusline-offer-dark');
    await answerMessage(page, 'Replace Claude Code’s present status line', 'Leave them');
    await page.locator('.monaco-diff-editor').waitFor({ state: 'hidden' });
    assert.equal(readFileSync(settings, 'utf8'), theirs);
    assert.equal(existsSync(join(home, '.local', 'share', 'tokenboard', 'bin')), false);
  });

  it('is set up without changing any other setting', async () => {
    await answer(setUp, 'Replace Claude Code’s present status line', 'Change the settings');
    await messageOf(page, 'from its next prompt on').waitFor();
    await picture(page, 'statusline-done-dark');
    const { statusLine, ...rest } = JSON.parse(readFileSync(settings, 'utf8'));
    const { statusLine: _theirs, ...before } = JSON.parse(theirs);
    assert.deepEqual(rest, before);
    assert.equal(statusLine.type, 'command');
    assert.ok(readFileSync(settings, 'utf8').includes('"permissions": { "allow": ["Bash(ls:*)"] }'));
  });

  it('prints a line with the tokens of today', () => {
    const { statusLine } = JSON.parse(readFileSync(settings, 'utf8'));
    const env = { ...sandboxEnv(home), TZ: noonZone() };
    const input = JSON.stringify({ session_id: 's', workspace: { current_dir: '/home/dev/demo' } });
    const line = execFileSync('sh', ['-c', statusLine.command], { env, input, encoding: 'utf8' });
    assert.match(line, /777/);
    assert.equal(line.trimEnd().split('\n').length, 1);
  });

  it('comes back as it was when Tokenboard is taken out', async () => {
    await answer(takeBack, 'Take Tokenboard out', 'Change the settings');
    await settingsAre(JSON.parse(theirs));
    await runCommand(page, takeBack);
    await messageOf(page, 'nothing was changed').waitFor();
  });

  it('is made where Claude Code has no settings yet, and goes without a trace', async () => {
    rmSync(settings);
    await answer(setUp, 'Show today’s tokens', 'Change the settings');
    await messageOf(page, 'from its next prompt on').waitFor();
    assert.deepEqual(Object.keys(JSON.parse(readFileSync(settings, 'utf8'))), ['statusLine']);
    await answer(takeBack, 'Take Tokenboard out', 'Change the settings');
    await settingsAre({});
  });

  it('is left alone in settings that are not valid JSON, and the person is told so', async () => {
    const broken = '{ "model": "opus", // mine\n}\n';
    writeFileSync(settings, broken);
    await runCommand(page, setUp);
    await messageOf(page, 'not valid JSON, so they cannot be changed').waitFor();
    await picture(page, 'statusline-invalid-dark');
    assert.equal(readFileSync(settings, 'utf8'), broken);
  });

  async function answer(command: string, question: string, button: string): Promise<void> {
    await runCommand(page, command);
    await answerMessage(page, question, button);
    await messageOf(page, question).waitFor({ state: 'hidden' });
  }

  async function settingsAre(expected: unknown): Promise<void> {
    const now = () => readFileSync(settings, 'utf8');
    // In the middle of being written it is no JSON.
    const are = () => now() !== '' && isDeepStrictEqual(JSON.parse(now()), expected);
    await until(are, () => `the settings are ${now()}`);
  }
});

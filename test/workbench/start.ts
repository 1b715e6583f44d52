import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeDemoHome } from '../demo/demo-home.ts';
import { startLiveSession } from '../demo/live-session.ts';
import { tellOfDemoTeam } from '../demo/team-readme.ts';
import { startDemoTeam } from '../demo/team-server.ts';
import { cacheFolder } from './cache-folder.ts';
import { desktopCode } from './desktop-code.ts';
import { hasLogs } from './has-logs.ts';
import { vsixPath } from './package-vsix.ts';
import { personEnv } from './person-env.ts';
import { makeProfile } from './profile.ts';
import { runNpm } from './run-command.ts';
import { sandboxEnv } from './sandbox-env.ts';
import { say } from './say.ts';
import { readStartOptions } from './start-options.ts';
import { runInBrowser, runOnDesktop, type Session } from './start-vscode.ts';

const options = readStartOptions(process.argv.slice(2));
const cleanups: (() => void | Promise<void>)[] = [];
let stopping = false;
/** To the demo's team. */
let invitation: string | undefined;

async function stop(code: number): Promise<void> {
  if (stopping) return;
  stopping = true;
  for (const cleanup of cleanups.reverse()) await cleanup();
  process.exit(code);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    say('\nStopping …');
    void stop(0);
  });
}

// npm hands a signal to the shell that it runs this in, which ends without passing it on.
const parent = process.ppid;
setInterval(() => process.ppid !== parent && void stop(0), 500).unref();

try {
  const ending = await start();
  if (!stopping) say(ending);
  await stop(0);
} catch (error) {
  if (!stopping) process.stderr.write(`${(error as Error).message}\n`);
  await stop(1);
}

/** Opens VS Code, and gives a sentence when it has ended. */
async function start(): Promise<string> {
  say('Building and packaging the extension …');
  await runNpm(['run', '--silent', 'package']);
  const machine = { home: homedir(), platform: process.platform, env: process.env };
  const demo = options.demo || !hasLogs(machine);
  const session = demo ? await demoSession() : ownSession();
  const code = options.browser ? undefined : await desktopCode();
  const run = code ? await runOnDesktop(code, session) : await runInBrowser(session, options);
  cleanups.push(run.close);
  if (invitation) say(`To try a team, run the command “Tokenboard: Join a Team” and paste  ${invitation}`);
  return run.ended;
}

function ownSession(): Session {
  say("It will count this machine's own logs. (npm start -- --demo shows made-up ones.)");
  const folder = join(cacheFolder(), 'vscode-profile');
  mkdirSync(folder, { recursive: true });
  return { vsix: vsixPath(), env: personEnv(), profile: makeProfile(folder), logs: folder };
}

async function demoSession(): Promise<Session> {
  say(
    options.demo
      ? 'Making up 90 days of demo data …'
      : 'This machine has no logs of an AI tool: making up 90 days of demo data …',
  );
  const temporary = mkdtempSync(join(realpathSync(tmpdir()), 'tokenboard-demo-'));
  cleanups.push(() => rmSync(temporary, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }));
  const home = join(temporary, 'home');
  const { folder } = writeDemoHome(home);
  const profile = makeProfile(temporary, {
    'security.workspace.trust.enabled': false,
    'window.title': 'Tokenboard with demo data',
    'workbench.startupEditor': 'readme',
  });
  cleanups.push(startLiveSession(home, join(folder, 'demo-webshop')));
  say('Starting a team board on this machine, with 24 made-up people …');
  const team = await startDemoTeam(join(temporary, 'board'));
  cleanups.push(() => team.close());
  tellOfDemoTeam(folder, team.link);
  invitation = team.link;
  const env = sandboxEnv(home, { TOKENBOARD_DEMO: '1' });
  return { vsix: vsixPath(), env: { ...env, PATH: personEnv().PATH }, profile, logs: temporary, folder };
}

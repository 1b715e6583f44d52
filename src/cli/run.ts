import { type Arguments, readArguments } from './arguments.ts';
import { type BackendName, backendNames, type CommandName } from './flags.ts';
import { hideSQLiteWarning, reasonNotToRun } from './node-version.ts';
import { UsageError } from './usage-error.ts';

/** Runs the command with what was typed after its name, and gives its exit code: 0, 1 for a failure, 2 for wrong usage. */
export async function run(typed: readonly string[]): Promise<number> {
  try {
    const [name, ...rest] = typed;
    if (isBackend(name)) return await backend(name, rest);
    return await dispatch(readArguments(typed));
  } catch (error) {
    process.stderr.write(`tokenboard: ${error instanceof Error ? error.message : String(error)}\n`);
    return error instanceof UsageError || (error instanceof Error && 'usage' in error) ? 2 : 1;
  }
}

/** Whether that names a command of the backend. */
export function isBackend(name: string | undefined): name is BackendName {
  return backendNames.some((one) => one === name);
}

/** The backend has flags of its own, and is so much code that nothing else loads it. */
async function backend(name: BackendName, typed: readonly string[]): Promise<number> {
  const reason = reasonNotToRun(process.versions.node);
  if (reason !== undefined) throw new Error(reason);
  hideSQLiteWarning();
  const { adminCommand, serveCommand } = await import('#server');
  const [{ dataDir, machineOf }, { version }] = await Promise.all([
    import('../ledger/machine.ts'),
    import('./version.ts'),
  ]);
  const surroundings = { defaultData: dataDir(machineOf()), version, env: process.env };
  return await (name === 'serve' ? serveCommand : adminCommand)(typed, surroundings);
}

async function dispatch(asked: Arguments): Promise<number> {
  const { command } = asked;
  const [word] = asked.words;
  if (command === 'help' && isBackend(word)) return await backend(word, ['--help']);
  if (asked.is('help') || command === 'help') return (await import('./help.ts')).printHelp(asked);
  if (asked.is('version')) return (await import('./version.ts')).printVersion();
  const reason = reasonNotToRun(process.versions.node);
  if (reason !== undefined) throw new Error(reason);
  hideSQLiteWarning();
  return await (readsMuch.has(command) ? withThreads(asked, command) : loaded(asked, command));
}

type LoadedName = Exclude<CommandName, 'help'>;

/** What answers from all logs. */
const readsMuch = new Set<CommandName>(['overview', 'report', 'doctor', 'explain', 'export']);

async function withThreads(asked: Arguments, command: LoadedName): Promise<number> {
  const { endThreads, startThreads } = await import('./reading-threads.ts');
  const [{ machineOf }, { homeAsked }] = [await import('../ledger/machine.ts'), await import('./home-asked.ts')];
  startThreads(machineOf(homeAsked(asked)));
  try {
    return await loaded(asked, command);
  } finally {
    endThreads();
  }
}

/** Each command is loaded only when it is asked for, so that help is instant and an old Node gets its sentence. */
async function loaded(asked: Arguments, command: LoadedName): Promise<number> {
  switch (command) {
    case 'overview':
      return (await import('./overview-command.ts')).overviewCommand(asked);
    case 'report':
      return (await import('./report-command.ts')).reportCommand(asked);
    case 'doctor':
      return (await import('./doctor-command.ts')).doctorCommand(asked);
    case 'explain':
      return (await import('./explain-command.ts')).explainCommand(asked);
    case 'statusline':
      return (await import('./statusline-command.ts')).statuslineCommand(asked);
    case 'export':
      return (await import('./export-command.ts')).exportCommand(asked);
    case 'import':
      return (await import('./import-command.ts')).importCommand(asked);
    case 'forget':
      return (await import('./forget-command.ts')).forgetCommand(asked);
    case 'team':
      return (await import('#team')).teamCommand(asked);
    case 'scan':
      return (await import('./scan-command.ts')).scanCommand(asked);
  }
}

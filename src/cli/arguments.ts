import { parseArgs } from 'node:util';
import { type CommandName, commandNames, commands, type FlagName, flags, knownNames, typedNames } from './flags.ts';
import { nearest } from './nearest.ts';
import { UsageError } from './usage-error.ts';

/** What was typed, checked against the flags of the command. */
export interface Arguments {
  readonly command: CommandName;
  /** What stands beside the flags. */
  readonly words: readonly string[];
  is(flag: FlagName): boolean;
  /** The value of a flag, the last one where it is repeated. */
  value(flag: FlagName): string | undefined;
  /** The values of a flag that may be repeated or hold several, comma-separated. */
  values(flag: FlagName): readonly string[];
}

/** Reads what was typed after `tokenboard`; throws a UsageError that names the first thing that is wrong. */
export function readArguments(typed: readonly string[]): Arguments {
  const named = typed[0] !== undefined && !typed[0].startsWith('-');
  const command = named ? commandOf(typed[0] ?? '') : 'overview';
  const { values, positionals } = parse(command, named ? typed.slice(1) : typed);
  const all = (flag: FlagName): readonly unknown[] => [values[flag] ?? []].flat();
  const word = positionals[0];
  if (word !== undefined && command === 'overview') {
    const known = knownNames.find((name) => name === word);
    throw new UsageError(
      known === undefined ? noCommand(word) : `the command comes first: tokenboard ${known} ${typed[0]} …`,
    );
  }
  return {
    command,
    words: positionals,
    is: (flag) => values[flag] === true,
    value: (flag) => all(flag).map(String).at(-1),
    values: (flag) => all(flag).flatMap((value) => listed(flag, String(value))),
  };
}

function commandOf(word: string): CommandName {
  const command = typedNames.find((name) => name === word);
  if (command === undefined) throw new UsageError(noCommand(word));
  return command;
}

/** What to say of a name that no command has. */
export function noCommand(word: string): string {
  const near = nearest(word, knownNames);
  return near === undefined
    ? `there is no command '${word}'; the commands are ${knownNames.join(', ')}.`
    : `there is no command '${word}'; did you mean '${near}'?`;
}

function listed(flag: FlagName, value: string): string[] {
  const names = value
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (names.length === 0) throw new UsageError(`--${flag} needs a value.`);
  return names;
}

type Values = Readonly<Partial<Record<string, unknown>>>;

function parse(command: CommandName, args: readonly string[]): { values: Values; positionals: readonly string[] } {
  const taken: readonly FlagName[] = commands[command];
  const options = Object.fromEntries(taken.map((flag) => [flag, flags[flag]]));
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: true });
  } catch (error) {
    throw new UsageError(sentence(command, taken, error instanceof Error ? error : new Error(String(error))));
  }
}

/** What parseArgs complains of, in our words. */
function sentence(command: CommandName, taken: readonly FlagName[], error: Error): string {
  const typed = /'(?:-\w, )?(-[^'\s]*)/.exec(error.message)?.[1] ?? '';
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ERR_PARSE_ARGS_UNKNOWN_OPTION':
      return unknownFlag(command, taken, typed);
    case 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE':
      return error.message.includes('does not take') ? `${typed} takes no value.` : `${typed} needs a value.`;
    default:
      return error.message;
  }
}

function unknownFlag(command: CommandName, taken: readonly FlagName[], typed: string): string {
  const name = typed.replace(/^-+/, '');
  const title = command === 'overview' ? 'tokenboard' : `'tokenboard ${command}'`;
  const other = commandNames.find((one) => (commands[one] as readonly string[]).includes(name));
  if (other !== undefined) return `${title} has no flag ${typed}, but 'tokenboard ${other} ${typed}' has.`;
  const near = nearest(name, taken);
  const hint = near === undefined ? `see ${helpFor(command)}` : `did you mean --${near}?`;
  return `${title} has no flag ${typed}; ${hint}${hint.endsWith('?') ? '' : '.'}`;
}

function helpFor(command: CommandName): string {
  return command === 'overview' ? 'tokenboard --help' : `tokenboard ${command} --help`;
}

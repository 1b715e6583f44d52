import { type Arguments, noCommand } from './arguments.ts';
import { type CommandName, commandNames } from './flags.ts';
import { exportHelp, forgetHelp, importHelp, scanHelp } from './help-ledger.ts';
import { overviewHelp, reportHelp } from './help-report.ts';
import { statuslineHelp } from './help-statusline.ts';
import { teamHelp } from './help-team.ts';
import { print } from './print.ts';
import { UsageError } from './usage-error.ts';

const doctorHelp = `tokenboard doctor: what was looked at, found and skipped

Usage: tokenboard doctor [flags]

For each tool: the places that were looked at, how many files, bytes and
requests were found there, what was skipped and why, and what the tool was
last told about the limits of its plan. Then the prices and the ledger in use.
Come here first when a figure looks wrong or a tool is missing.

Flags
  --with IDS   read also these tools, whose logs nobody has verified
  --home DIR   look at DIR as if it were your home folder
  --extra-home DIR
               look into DIR as well: another home folder; may be repeated
  -h, --help   show this

Examples
  tokenboard doctor
  tokenboard doctor --home /mnt/old-laptop/home/me
`;

const explainHelp = `tokenboard explain: how a day's figure came about

Usage: tokenboard explain DAY [flags]

DAY is a day such as 2026-05-12, or today, or yesterday. For each tool: the
requests of that day, the files that tell of them, the duplicates that were
dropped, and what other counters would say and why.

Flags
  --timezone ZONE  whose day it is: an IANA name such as Europe/Berlin;
                   default: this machine's zone
  --with IDS       read also these tools, whose logs nobody has verified
  --home DIR       look at DIR as if it were your home folder
  --extra-home DIR look into DIR as well: another home folder, such as that of
                   Windows seen from WSL (/mnt/c/Users/me); may be repeated
  -h, --help       show this

Examples
  tokenboard explain today
  tokenboard explain 2026-05-12 --timezone UTC
`;

const helpHelp = `tokenboard help: show the help of a command

Usage: tokenboard help [COMMAND]

Examples
  tokenboard help
  tokenboard help report
`;

const texts: Readonly<Record<CommandName, string>> = {
  overview: overviewHelp,
  report: reportHelp,
  doctor: doctorHelp,
  explain: explainHelp,
  statusline: statuslineHelp,
  export: exportHelp,
  import: importHelp,
  forget: forgetHelp,
  team: teamHelp,
  scan: scanHelp,
  help: helpHelp,
};

/** Prints the help of a command: of the one asked for by `help COMMAND`, or of the one that had `--help`. */
export function printHelp(asked: Arguments): number {
  print([texts[topic(asked)].trimEnd()]);
  return 0;
}

function topic(asked: Arguments): CommandName {
  if (asked.command !== 'help') return asked.command;
  const word = asked.words[0];
  if (word === undefined) return asked.is('help') ? 'help' : 'overview';
  const command = commandNames.find((name) => name === word);
  if (command !== undefined) return command;
  throw new UsageError(noCommand(word));
}

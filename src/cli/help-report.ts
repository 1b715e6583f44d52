export const overviewHelp = `tokenboard: count the tokens of your AI coding sessions

Usage: tokenboard [flags]           today, the last days by tool and model, totals
       tokenboard report [flags]    sums by whatever you like, as table, JSON or CSV
       tokenboard doctor            what was looked at, found and skipped
       tokenboard explain DAY       how a day's figure came about
       tokenboard statusline        one line for Claude Code and for shell prompts
       tokenboard export FILE       write all that was counted into a file
       tokenboard import FILE...    take in what was counted elsewhere
       tokenboard forget            remove a project, a time or everything
       tokenboard team              share daily totals with a team, or stop it
       tokenboard serve             run a team's board; tokenboard admin tends it
       tokenboard help [COMMAND]    the flags of a command, with examples

Counts what the tools note down in their own log files on this machine. What
was counted once is kept, also when a tool deletes its logs. Nothing leaves
this machine unless you join a team.

Flags
  --timezone ZONE  whose days count: an IANA name such as Europe/Berlin;
                   default: this machine's zone
  --no-cost        show no prices
  --no-estimates   leave out what is estimated, as logs hold no counts of it
  --with IDS       read also these tools, whose logs nobody has verified;
                   tokenboard doctor names them
  --home DIR       treat DIR as the home folder: its logs and its ledger, and
                   no environment overrides
  --extra-home DIR look into DIR as well: another home folder, such as that of
                   Windows seen from WSL (/mnt/c/Users/me); may be repeated
  -h, --help       show this
  -v, --version    show the version

Examples
  tokenboard
  tokenboard report --by tool,model --since 2026-05-01
  tokenboard report --by day --json | jq .totals
  tokenboard explain yesterday

Figures
  Tokens are input, output, cache reads and cache writes together; fresh tokens
  are all but cache reads. Reasoning is a part of the output. List price, not
  your bill, is what the same requests would cost through the API of each
  provider. A model without a known price is shown as unpriced, never as $0.

Exit codes: 0 done, 1 failed, 2 wrongly called.
`;

export const reportHelp = `tokenboard report: sums by time, tool, model, project, branch or session

Usage: tokenboard report [flags]

What to sum by
  --by NAMES       one or several of day, week, month, hour, block, tool, model,
                   project, branch, session; comma-separated; default: day

Which usage counts (each may be repeated or hold several, comma-separated;
in a model, project or branch * stands for any text)
  --since DAY      first day: 2026-05-12, today or yesterday
  --until DAY      last day, which is included
  --tool ID        claude-code, codex, copilot-cli; tokenboard doctor names all
  --model NAME     a model as logged (claude-opus-4-5-20251101) or its plain id
                   (claude-opus-4-5), which all its spellings share
  --project DIR    a project's folder, as a path or by its last name
  --branch NAME    a git branch

How to show it
  --json           one JSON object on one line
  --csv            a header and a line a row, without totals
  --no-cost        no prices; in JSON every costUSD is then null
  --no-estimates   leave out what is estimated, as logs hold no counts of it
  --timezone ZONE  whose days, weeks, months and hours count: an IANA name such
                   as Europe/Berlin; default: this machine's zone
  --with IDS       read also these tools, whose logs nobody has verified
  --home DIR       treat DIR as the home folder: its logs and its ledger, and
                   no environment overrides
  --extra-home DIR look into DIR as well: another home folder, such as that of
                   Windows seen from WSL (/mnt/c/Users/me); may be repeated
  -h, --help       show this

Periods
  A week is an ISO week, named by its Monday. An hour is named 2026-05-12T09:00;
  the two hours that share a name when clocks go back are told apart by their
  offset: 2026-10-25T02:00+02:00, 2026-10-25T02:00+01:00. A block starts with the
  UTC hour of its first use and lasts five hours; the next starts with the first
  use after that. Blocks span all tools, or those of --tool; the other filters
  choose what is counted in a block, not when it starts.

Money
  costUSD is list price, not your bill: unrounded US dollars, and null (in CSV
  empty) where nothing is priced. unpricedTokens have no known price,
  estimatedTokens come from logs without counts.

Examples
  tokenboard report --by tool,model
  tokenboard report --by day,tool --since 2026-05-01 --until 2026-05-31
  tokenboard report --by project --model 'claude-opus*' --csv > opus.csv
  tokenboard report --by session --project my-app --since today
  tokenboard report --by month --json | jq '.rows[] | [.month, .costUSD]'
  tokenboard report --by block --tool claude-code --timezone UTC
`;

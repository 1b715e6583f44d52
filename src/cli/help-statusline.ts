export const statuslineHelp = `tokenboard statusline: one line with today's tokens

Usage: tokenboard statusline [flags]

For the status line of Claude Code and for shell prompts. It is done in a tenth
of a second, for it prints what was counted so far and reads no logs; if nobody
did so within the last minute, that begins in the background.

Claude Code pipes what it knows of the session to the command. From that come
the session, the folder and the model; the limits of your plan that it tells
are kept, so that the other commands and the editor know them as well.

Flags
  --format TEXT    the line, with placeholders; default:
                   '{tokens} today · {fresh} fresh · ≈ {cost} list price · {limit}'
  --color          limits in yellow when they are near, in red when reached
  --timezone ZONE  whose day is today: an IANA name such as Europe/Berlin;
                   default: this machine's zone
  --home DIR       treat DIR as the home folder
  -h, --help       show this

Placeholders
  {tokens} {fresh} {cost} {requests}
                   today; fresh tokens are all but cache reads, the cost is list
                   price, not your bill, with a + where some have no known price
  {session.tokens} {session.fresh} {session.cost}
                   of the session that Claude Code tells of
  {branch} {branch.tokens} {branch.fresh} {branch.cost}
                   the git branch of the session's folder or of this one, and
                   all that was used on it
  {limit}          the most pressing limit of a plan, once it passes 75 % or will
                   run out before its reset at this pace: 5h 82%
  {limit.5h} {limit.week}
                   how much of these limits is used: 82%
  {limit.5h.reset} {limit.week.reset}
                   how long until they start anew: 2h 5m
  {model}          the model of the session, else the one most used today
  {context}        how full the session's context is: 12%

A part between two · or | is left out where none of its placeholders has a value.

Examples
  tokenboard statusline
  tokenboard statusline --format '{model} | {session.tokens} | {limit.5h}' --color
  PS1='$(tokenboard statusline --format "{tokens}") \\w \\$ '

In ~/.claude/settings.json:
  "statusLine": { "type": "command", "command": "tokenboard statusline" }
`;

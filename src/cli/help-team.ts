export const teamHelp = `tokenboard team: share daily totals with a team, or stop it

Usage: tokenboard team ACT [flags]

Sharing is off until you join, and says exactly what leaves this machine.

Acts
  join LINK       show who runs the board, what for and what would be sent; ask;
                  join. Saying no leaves no trace here or there. - reads the
                  link from standard input. Where people sign in, the board's
                  address does: a code and where to enter it are shown
  preview [LINK]  the exact bytes of the next upload, or of the first one by an
                  invite link; nothing is sent
  status          how sharing stands
  sync            send now what is new: for a timer where no editor runs
  board [ID]      how you and the team do
  insights [ID]   for those who run a team, or the organisation: how it works with
                  AI tools, in sums and shares of many, never of a person
  change          change what is shared, or agree to a policy that has changed
  pause [TIME]    stop for a time like 90m, 1h or 2d; without one until resumed
  resume          share again
  add-machine     a link by which another machine of yours comes in
  replace         take the place of another machine that has the very same
                  counts, such as this one before it was set up anew
  open            an address that opens the board in a browser, signed in as you,
                  for a minute and once
  export FILE     everything that the server keeps about you, - for the terminal
  leave           stop sharing; the server hides you at once and erases you

Flags of join, preview and change
  --as HOW         named, pseudonym or aggregate (in sums only)
  --name NAME      the name to stand there with, for --as named
  --models         tell models; without it all are 'other'
  --badges         tell which badges you have earned
  --time-badges    also those that tell when you work
  --exclude GLOB   leave out what was used in these folders, such as
                   '~/clients/**'; may be repeated
  --since DAY      share from that UTC day on, at most 35 days back; default: today
  --yes            agree without being asked: you have read the policy

Flags of board
  --window W       today, 7d, 30d or 90d
  --metric M       tokens, fresh, cost, cacheShare, activeDays or models

Other flags
  --json           status, board and insights for programs
  --home DIR       treat DIR as the home folder
  -h, --help       show this

A proxy is taken from HTTPS_PROXY and NO_PROXY, certificates of your own from
NODE_EXTRA_CA_CERTS.

Examples
  tokenboard team join 'https://board.example.org/join#…'
  tokenboard team join 'https://board.example.org/join#…' --as pseudonym --yes
  tokenboard team join https://board.example.org --as aggregate
  tokenboard team pause 1d
  tokenboard team board --window 7d
`;

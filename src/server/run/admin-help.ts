export const adminHelp = `tokenboard admin: run a board from the machine that holds its data

Usage: tokenboard admin ACT [flags]

Acts
  policy             show the policy, or state a new one with the flags below;
                     a new one asks everyone again
  invite             a new invite link (--team NAME, --role, --uses, --days)
  invites            the invites that still hold, each with its id
  revoke INVITE      take back an invite, by its id
  members            who is a member: never what anyone uses
  remove MEMBER      erase a member and everything about them
  allowance          what is granted; 'allowance grant' grants --tokens 2.5B or, at
                     list price, --usd 40 to --member ID or to --team NAME, which
                     shares it, each --per month|year; 'allowance change ID' makes
                     it another amount of the same unit, at once for the whole
                     period that runs; 'allowance remove ID' takes it back
  audit              who did what and looked at which board, a JSON object a line;
                     it is kept for 90 days
  close              every board answers with --notice at once; with --erase
                     all members' data is erased as well
  open               open closed boards again
  erase --yes        erase all members' data
  backup FILE        write a consistent copy (SQLite; PostgreSQL has pg_dump)
  restore FILE --yes put a copy in the place of the data; stop the server first
  migrate            bring the database to this version
  move --to URL      move the board from SQLite into an empty PostgreSQL database;
                     stop the server first

Flags of policy
  --purpose TEXT --organisation NAME --used-for-pay yes|no
  --works-agreement TEXT --contact TEXT --cadence daily|hourly|live
  --k N --top N --quiet | --no-quiet --metrics fresh,tokens,…

Where the board is
  --data DIR, --database-url URL, --public-url URL: as for tokenboard serve
  (a URL with a password is better kept in DATABASE_URL, also for move)

Examples
  tokenboard admin policy --organisation Acme --used-for-pay no \\
    --purpose "Learn from each other how to work well with AI tools"
  tokenboard admin invite --uses 20 --days 7
  tokenboard admin allowance grant --team Search --tokens 2.5B --per month
`;

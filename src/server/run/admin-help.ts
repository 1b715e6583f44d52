export const adminHelp = `tokenboard admin: run a board from the machine that holds its data

Usage: tokenboard admin ACT [flags]

Acts
  policy             show the policy, or state a new one with the flags below;
                     a new one asks everyone again
  invite             a new invite link (--team NAME, --role, --uses, --days)
  invites            the invites that still hold
  members            who is a member: never what anyone uses
  remove MEMBER      erase a member and everything about them
  allowance          what is granted; 'allowance grant' grants tokens or USD at list
                     price to --member ID or to --team NAME, which shares it, each
                     --per month|year; 'allowance change ID', 'allowance remove ID'
  close              every board answers with --notice at once; with --erase
                     all members' data is erased as well
  open               open closed boards again
  erase --yes        erase all members' data
  backup FILE        write a consistent copy (SQLite; PostgreSQL has pg_dump)
  restore FILE --yes put a copy in the place of the data; stop the server first
  migrate            bring the database to this version

Flags of policy
  --purpose TEXT --organisation NAME --used-for-pay yes|no
  --works-agreement TEXT --contact TEXT --cadence daily|hourly|live
  --k N --top N --quiet | --no-quiet --metrics fresh,tokens,…

Where the board is
  --data DIR, --database-url URL, --public-url URL: as for tokenboard serve

Examples
  tokenboard admin policy --organisation Acme --used-for-pay no \\
    --purpose "Learn from each other how to work well with AI tools"
  tokenboard admin invite --uses 20 --days 7
  tokenboard admin allowance grant --team Search --tokens 2.5B --per month
`;

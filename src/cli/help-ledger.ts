export const exportHelp = `tokenboard export: write all that was counted into a file

Usage: tokenboard export FILE [flags]

For moving house, and for keeping. The file holds every request with its tokens,
model, project folder, git branch and session, and the limits that were told, but
nothing of what was said in a session. Only you can read it. It is an SQLite
database; tokenboard import takes it in elsewhere.

Flags
  --force      overwrite FILE
  --home DIR   export the ledger of DIR as if it were your home folder
  -h, --help   show this

Examples
  tokenboard export tokens.tokenboard
  tokenboard export /mnt/usb/laptop.tokenboard --force
`;

export const importHelp = `tokenboard import: take in what was counted elsewhere

Usage: tokenboard import FILE... [flags]
       tokenboard import cursor FILE... [flags]

Each FILE is an export, or the ledger of another machine (ledger.db in its data
folder). What is known already is not counted again, so taking in a file twice
changes nothing. Of a file that has something wrong, nothing is taken in.

With 'cursor', each FILE is the usage file (CSV) that your Cursor account offers for
download. It has exact counts of all your requests, so what Cursor's logs on this
machine tell of the same days no longer counts.

Flags
  --forgotten  take in also what tokenboard forget has removed here
  --home DIR   into the ledger of DIR, as if it were your home folder
  -h, --help   show this

Examples
  tokenboard import laptop.tokenboard
  tokenboard import cursor usage-events.csv
  tokenboard import /mnt/old-laptop/home/me/.local/share/tokenboard/ledger.db
`;

export const forgetHelp = `tokenboard forget: remove a project, a time or everything

Usage: tokenboard forget [flags]

Removes what was counted from the ledger, for good: it does not come back from
logs that are still there. What you use from now on counts. The logs of the
tools themselves are left as they are.

What to forget (a project and a time together: what is of both)
  --project DIR    a project's folder, and the folders below it
  --since DAY      from that day on: 2026-05-12, today or yesterday
  --until DAY      up to that day, which is included
  --everything     all that was ever counted

Flags
  --yes            do not ask; needed where there is no terminal
  --timezone ZONE  whose days they are: an IANA name such as Europe/Berlin;
                   default: this machine's zone
  --home DIR       treat DIR as the home folder
  -h, --help       show this

Examples
  tokenboard forget --project ~/work/secret
  tokenboard forget --since 2026-05-01 --until 2026-05-31
  tokenboard forget --everything --yes
`;

export const scanHelp = `tokenboard scan: read what is new in the logs and show nothing of it

Usage: tokenboard scan [flags]

For programs; every command but statusline reads what is new by itself.

Flags
  --quiet      print nothing, and leave others the processor
  --with IDS   read also these tools, whose logs nobody has verified
  --home DIR   treat DIR as the home folder
  --extra-home DIR
               look into DIR as well: another home folder; may be repeated
  -h, --help   show this

Examples
  tokenboard scan
  tokenboard scan --quiet
`;

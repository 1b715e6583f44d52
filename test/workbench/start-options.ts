import { parseArgs } from 'node:util';

export interface StartOptions {
  readonly demo: boolean;
  readonly browser: boolean;
  readonly port: number;
  readonly password: boolean;
  readonly open: boolean;
}

const help = `Usage: npm start -- [options]

Opens a VS Code of its own with the extension of this checkout installed: the desktop one where there is one, else one in
the browser. Your own VS Code, its settings and its extensions stay as they are. Ctrl-C ends it.

  --demo        count made-up logs instead of this machine's; also what happens where there are none
  --browser     use the VS Code for the browser even if there is a desktop one
  --port N      port of the VS Code for the browser (default 7390, or any free one if that is taken)
  --password    ask for a password in the browser: else every user of this machine can open the address
  --no-open     only print the address, do not open it
  --help        show this
`;

/** Reads the command line; `--help` and a mistake end the process. */
export function readStartOptions(args: string[]): StartOptions {
  try {
    const { values } = parseArgs({
      args,
      allowNegative: true,
      options: {
        demo: { type: 'boolean', default: false },
        browser: { type: 'boolean', default: false },
        port: { type: 'string', default: '7390' },
        password: { type: 'boolean', default: false },
        open: { type: 'boolean', default: true },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) {
      process.stdout.write(help);
      process.exit(0);
    }
    const port = Number(values.port);
    if (!Number.isInteger(port) || port < 0 || port > 65_535)
      throw new Error(`--port takes a number, not "${values.port}".`);
    const { demo, browser, password, open } = values;
    return { demo, browser, port, password, open };
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${help}`);
    process.exit(2);
  }
}

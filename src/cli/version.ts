import manifest from '../../package.json' with { type: 'json' };

/** The version of Tokenboard. */
export const version: string = manifest.version;

/** Prints it. */
export function printVersion(): number {
  process.stdout.write(`${version}\n`);
  return 0;
}

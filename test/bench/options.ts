import { parseArgs } from 'node:util';

const sections = [
  'scan',
  'tools',
  'queries',
  'years',
  'host',
  'dashboard',
  'panel',
  'install',
  'npx',
  'team',
  'teamTab',
] as const;
export type SectionName = (typeof sections)[number];

/** What a run of the benchmark was asked for. */
export interface BenchOptions {
  /** Size of the corpus. */
  readonly megabytes: number;
  /** How often everything is measured; medians are told. */
  readonly runs: number;
  readonly only: readonly SectionName[];
  /** Whether the results replace `docs/benchmark.md`. */
  readonly write: boolean;
}

export const usage = `npm run bench -- [--size MB] [--runs N] [--only scan|tools|queries|years|host|dashboard|panel|install|npx|team|teamTab]… [--write]

  --size MB   size of the corpus of transcripts; default 300
  --runs N    how often everything is measured; default 5, and medians are told
  --only      one section; may be repeated; the first run of years makes a ledger of 0.5 GB, which takes a minute
  --write     write the results to docs/benchmark.md
`;

/** Reads the command line; throws a sentence for people where it is wrong. */
export function benchOptions(typed: readonly string[]): BenchOptions | 'help' {
  const { values } = parseArgs({
    args: [...typed],
    options: {
      size: { type: 'string', default: '300' },
      runs: { type: 'string', default: '5' },
      only: { type: 'string', multiple: true },
      write: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  const only = values.only?.map((name) => {
    const section = sections.find((known) => known === name);
    if (section === undefined) throw new Error(`--only takes ${sections.join(', ')}, not ${name}`);
    return section;
  });
  return {
    megabytes: wholeNumber('size', values.size),
    runs: wholeNumber('runs', values.runs),
    only: only ?? sections,
    write: values.write,
  };
}

function wholeNumber(name: string, typed: string): number {
  const number = Number(typed);
  if (!Number.isInteger(number) || number < 1) throw new Error(`--${name} takes a whole number, not ${typed}`);
  return number;
}

/** Every flag of the command. */
export const flags = {
  by: { type: 'string', multiple: true },
  since: { type: 'string' },
  until: { type: 'string' },
  timezone: { type: 'string' },
  tool: { type: 'string', multiple: true },
  model: { type: 'string', multiple: true },
  project: { type: 'string', multiple: true },
  branch: { type: 'string', multiple: true },
  json: { type: 'boolean' },
  csv: { type: 'boolean' },
  home: { type: 'string' },
  'extra-home': { type: 'string', multiple: true },
  with: { type: 'string', multiple: true },
  'no-cost': { type: 'boolean' },
  'no-estimates': { type: 'boolean' },
  format: { type: 'string' },
  color: { type: 'boolean' },
  force: { type: 'boolean' },
  forgotten: { type: 'boolean' },
  everything: { type: 'boolean' },
  yes: { type: 'boolean' },
  quiet: { type: 'boolean' },
  as: { type: 'string' },
  name: { type: 'string' },
  models: { type: 'boolean' },
  badges: { type: 'boolean' },
  'time-badges': { type: 'boolean' },
  exclude: { type: 'string', multiple: true },
  window: { type: 'string' },
  metric: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const;

export type FlagName = keyof typeof flags;

/** The commands and the flags that each takes; `overview` is the command without a name. */
export const commands = {
  overview: ['timezone', 'with', 'home', 'extra-home', 'no-cost', 'no-estimates', 'help', 'version'],
  report: [
    'by',
    'since',
    'until',
    'timezone',
    'tool',
    'model',
    'project',
    'branch',
    'json',
    'csv',
    'with',
    'home',
    'extra-home',
    'no-cost',
    'no-estimates',
    'help',
  ],
  doctor: ['with', 'home', 'extra-home', 'help'],
  explain: ['timezone', 'with', 'home', 'extra-home', 'help'],
  statusline: ['format', 'color', 'timezone', 'home', 'help'],
  export: ['force', 'home', 'help'],
  import: ['forgotten', 'home', 'help'],
  forget: ['project', 'since', 'until', 'everything', 'yes', 'timezone', 'home', 'help'],
  team: [
    'as',
    'name',
    'models',
    'badges',
    'time-badges',
    'exclude',
    'since',
    'window',
    'metric',
    'json',
    'yes',
    'home',
    'help',
  ],
  scan: ['quiet', 'with', 'home', 'extra-home', 'help'],
  help: ['help'],
} as const satisfies Readonly<Record<string, readonly FlagName[]>>;

export type CommandName = keyof typeof commands;

/** The commands that people are told of. */
export const commandNames: readonly CommandName[] = [
  'report',
  'doctor',
  'explain',
  'statusline',
  'export',
  'import',
  'forget',
  'team',
  'help',
];

/** The commands of the backend, whose flags are its own. */
export const backendNames = ['serve', 'admin'] as const;
export type BackendName = (typeof backendNames)[number];

/** All names that a person may have meant. */
export const knownNames: readonly string[] = [...commandNames.slice(0, -1), ...backendNames, 'help'];

/** The commands that have a name to type; `scan` is for programs, as every other command scans by itself. */
export const typedNames: readonly CommandName[] = [...commandNames, 'scan'];

import { readFileSync } from 'node:fs';

/** What whoever runs this machine allows of team sharing. */
export interface MachinePolicy {
  /** The file that says so, absolute. */
  readonly file: string;
  /** `none`: there is no such file; `unreadable`: it is there and cannot be understood, which forbids everything. */
  readonly state: 'none' | 'read' | 'unreadable';
  readonly sharing: boolean;
  /** The only servers that are allowed; null for any. */
  readonly servers: readonly string[] | null;
}

/** Where the policy lies: only an administrator can write there. */
export function machinePolicyFile(
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
): string {
  if (platform === 'darwin') return '/Library/Application Support/Tokenboard/policy.json';
  if (platform === 'win32') return `${env.ProgramData || 'C:\\ProgramData'}\\Tokenboard\\policy.json`;
  return '/etc/tokenboard/policy.json';
}

/** Reads `{"sharing": false}` or `{"servers": ["https://board.example.org"]}`. Whatever is wrong with it forbids sharing. */
export function readMachinePolicy(file: string): MachinePolicy {
  const forbidden = { file, state: 'unreadable', sharing: false, servers: [] } as const;
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' || code === 'ENOTDIR' ? { file, state: 'none', sharing: true, servers: null } : forbidden;
  }
  try {
    const told: unknown = JSON.parse(text.replace(/^\ufeff/, ''));
    if (typeof told !== 'object' || told === null || Array.isArray(told)) return forbidden;
    const { sharing = true, servers = null } = told as { sharing?: unknown; servers?: unknown };
    if (typeof sharing !== 'boolean') return forbidden;
    if (servers === null) return { file, state: 'read', sharing, servers: null };
    if (!Array.isArray(servers)) return forbidden;
    return { file, state: 'read', sharing, servers: servers.map((server) => new URL(String(server)).origin) };
  } catch {
    return forbidden;
  }
}

/** Whether sharing with a server is allowed. */
export function mayShareWith({ sharing, servers }: MachinePolicy, origin: string): boolean {
  return sharing && (servers === null || servers.includes(origin));
}

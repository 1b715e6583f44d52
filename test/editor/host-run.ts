/** One run of the suites in an extension host of its own. */
export interface HostRun {
  readonly name: string;
  readonly home: string;
  /** The folder to open; absent: no folder. */
  readonly folder?: string;
  /** Whether the person has said to trust it. */
  readonly trusted?: boolean;
  readonly tests: string;
  readonly env: Readonly<Record<string, string>>;
}

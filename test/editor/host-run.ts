/** One run of the suites in an extension host of its own. */
export interface HostRun {
  readonly name: string;
  readonly home: string;
  /** The folder to open, which nobody has said to trust; absent: no folder. */
  readonly folder?: string;
  readonly tests: string;
  readonly env: Readonly<Record<string, string>>;
}

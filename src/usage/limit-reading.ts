/** What a tool was told about a limit of its plan, at one moment. */
export interface LimitReading {
  readonly kind: 'limit';
  /** When the tool was told, epoch milliseconds. */
  readonly time: number;
  /** Length of the limit's window: 300 for five hours, 10080 for a week. */
  readonly windowMinutes: number;
  /** 0 to 100, or more when over. */
  readonly usedPercent: number;
  /** When the window starts anew, epoch milliseconds, where told. */
  readonly resetsAt?: number | undefined;
  /** The plan's name, where told: `plus`. */
  readonly plan?: string | undefined;
}

/** The command was called wrongly; the message says how, in a sentence for people. Exit code 2. */
export class UsageError extends Error {}

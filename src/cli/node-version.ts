const oldest = [22, 16] as const;

/** Why the command cannot run on this Node, in a sentence; undefined where it can. */
export function reasonNotToRun(version: string): string | undefined {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isOld = major < oldest[0] || (major === oldest[0] && minor < oldest[1]);
  return isOld
    ? `Tokenboard needs Node.js ${oldest.join('.')} or newer, for the database that is built into it; this is Node.js ${version}.`
    : undefined;
}

/** Older Nodes call their SQLite experimental on every start, which says nothing to the people who count tokens. */
export function hideSQLiteWarning(): void {
  const emitWarning = process.emitWarning.bind(process) as (...told: unknown[]) => void;
  process.emitWarning = (...told: unknown[]) => {
    if (!/\bSQLite\b/.test(String(told[0]))) emitWarning(...told);
  };
}

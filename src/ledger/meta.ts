import type { DatabaseSync } from 'node:sqlite';

/** Small facts about the ledger itself, by name. */
export function metaTable(database: DatabaseSync): {
  get(name: string): string | undefined;
  set(name: string, value: string): void;
} {
  const select = database.prepare('SELECT value FROM meta WHERE name = ?');
  const replace = database.prepare('INSERT OR REPLACE INTO meta VALUES (?, ?)');
  return {
    get(name) {
      const value = select.get(name)?.value;
      return value === undefined ? undefined : String(value);
    },
    set: (name, value) => void replace.run(name, value),
  };
}

import { type Dialect, inDialect, migrations } from './schema.ts';
import type { Sql } from './sql.ts';

/** The schema's version that this code knows. */
export const schemaVersion = migrations.length;

/**
 * Brings the schema to this code's version. Runs within a transaction of its own, alone. Throws when the database was
 * written by a newer version.
 */
export async function migrate(sql: Sql, dialect: Dialect): Promise<void> {
  await sql.run(
    inDialect('CREATE TABLE IF NOT EXISTS schema_step (step {big} PRIMARY KEY, at {big} NOT NULL) {rows}', dialect),
  );
  const [found] = await sql.all<{ version: number | null }>('SELECT MAX(step) AS version FROM schema_step');
  const version = found?.version ?? 0;
  if (version > schemaVersion) {
    throw new Error(
      `This database has schema ${version}, but this Tokenboard knows schema ${schemaVersion} at most: it was written by a newer version. Install that version or a later one.`,
    );
  }
  for (const [index, statements] of migrations.slice(version).entries()) {
    for (const statement of statements) await sql.run(inDialect(statement, dialect));
    await sql.run('INSERT INTO schema_step (step, at) VALUES ($1, $2)', [version + index + 1, Date.now()]);
  }
}

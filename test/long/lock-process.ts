import { DatabaseSync } from 'node:sqlite';

/** Another program that holds a database locked for so many milliseconds; says `locked` when it does. */
const [file = '', ms = '0'] = process.argv.slice(2);
const database = new DatabaseSync(file);
database.exec('PRAGMA busy_timeout = 5000; BEGIN EXCLUSIVE');
process.stdout.write('locked\n');
setTimeout(() => {
  database.exec('COMMIT');
  database.close();
}, Number(ms));

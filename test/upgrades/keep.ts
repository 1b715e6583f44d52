import { readFileSync } from 'node:fs';
import { keepBoards } from './keep-board.ts';
import { keepLedger } from './keep-ledger.ts';

/** Keeps databases as this version leaves them, for the versions to come. To be run once a release. */
const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string };
await keepLedger(version);
await keepBoards(version);
process.exit();

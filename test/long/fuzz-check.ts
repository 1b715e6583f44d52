import assert from 'node:assert/strict';
import type { Batch } from '../../src/ledger/batch.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { KEY, LOG, OUTPUT, RANK, REASONING, RECORD_TIME, TIME, WIDTH } from '../../src/ledger/records.ts';
import { modelTallies, tallies } from '../../src/ledger/tallies.ts';
import { report } from '../../src/stats/report.ts';
import { zoneOf } from '../../src/usage/days.ts';
import { totalsOf, totalsOfRequests } from '../ledger/contents.ts';

/** A request of more tokens in one count cannot be true. */
const mostTokens = 1e10;
const mostSearches = 1e6;
const mostReportedNano = 1e15;
const latestDate = 8.64e15;
const zone = zoneOf('UTC');
/** The columns between the series and the origin are counts of tokens, of searches, and the money that a tool reports. */
const firstCount = 5;
const tokenCounts = 6;

/** Fails where a batch holds what cannot be true, or what a ledger could not keep. */
export function assertSaneBatch({ records, series, origins, limits }: Batch): void {
  for (let place = 0; place < records.rows * WIDTH; place += WIDTH) {
    const row = records.data.subarray(place, place + WIDTH);
    for (const [column, value] of row.entries()) {
      assert.ok(Number.isSafeInteger(value), `column ${column} is ${value}`);
      if (![TIME, RANK, RECORD_TIME].includes(column)) assert.ok(value >= 0 || Math.abs(value) <= latestDate);
    }
    for (let column = firstCount; column < firstCount + tokenCounts; column++) assertWithin(row[column], mostTokens);
    assertWithin(row[firstCount + tokenCounts], mostSearches);
    assertWithin(row[firstCount + tokenCounts + 1], mostReportedNano);
    assert.ok((row[REASONING] ?? 0) <= (row[OUTPUT] ?? 0), 'reasoning is a part of the output');
    assert.ok(Math.abs(row[TIME] ?? 0) <= latestDate, `${row[TIME]} is no date`);
    assert.ok((row[KEY] ?? -1) >= 0 && (row[LOG] ?? -1) >= 0);
  }
  for (const { model, provider, tier } of series) assertTexts({ model, provider, tier });
  for (const { session, project, branch } of origins) assertTexts({ session, project, branch });
  for (const { model } of series) assert.notEqual(model, '', 'a model has no name');
  for (const { session } of origins) assert.notEqual(session, '', 'a session has no name');
  for (const { time, usedPercent, plan = '' } of limits) {
    assert.equal(typeof time, 'number');
    assert.equal(typeof usedPercent, 'number');
    assert.equal(typeof plan, 'string');
  }
}

/** Fails where a ledger cannot tell what it holds, or its sums are not those of its requests. */
export function assertSaneLedger(ledger: Ledger): void {
  const found = modelTallies(ledger);
  const totals = totalsOf(found);
  for (const [name, value] of Object.entries(totals)) assertWithin(value, Number.MAX_SAFE_INTEGER, name);
  assert.deepEqual(totals, totalsOfRequests(ledger), 'the sums are not those of the requests');
  assert.equal(report(tallies(ledger), { by: ['day', 'session', 'model'], zone }).totals.events, totals.events);
}

function assertWithin(value: number | undefined, most: number, name = 'a count'): void {
  assert.ok(value !== undefined && Number.isInteger(value) && value >= 0 && value <= most, `${name} is ${value}`);
}

function assertTexts(texts: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(texts)) assert.equal(typeof value, 'string', `${name} is ${value}`);
}

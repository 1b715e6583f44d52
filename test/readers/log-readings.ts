import { batchBuilder, type LogOutcome, type LogState } from '../../src/ledger/batch.ts';
import type { FoundLog } from '../../src/ledger/find-logs.ts';
import { companionFiles } from '../../src/ledger/log-file.ts';
import { readLog } from '../../src/ledger/read-log.ts';
import { KEY, ORIGIN, RANK, REPORTED, rowTotal, SERIES, TIME, WIDTH } from '../../src/ledger/records.ts';
import type { AnyReader } from '../../src/readers/reader.ts';

/** The readings of one log, each going on where the last one ended, with all that they found put together. */
export interface LogReadings {
  /** Reads what is new. */
  read(): LogOutcome;
  /** The requests found so far: their total of tokens, and each of them as a text. */
  found(): { readonly tokens: number; readonly requests: readonly string[] };
}

export function logReadings(reader: AnyReader, log: FoundLog): LogReadings {
  const batch = batchBuilder();
  let state: LogState | undefined;
  return {
    read() {
      const outcome = readLog({ ...log, log: 1, state }, reader, companionFiles(), batch);
      state = outcome.state;
      return outcome;
    },
    found() {
      const { records, series, origins } = batch.finish([]);
      const requests: string[] = [];
      let tokens = 0;
      for (let place = 0; place < records.rows * WIDTH; place += WIDTH) {
        const total = rowTotal(records.data, place);
        // Without tokens it is one that its tool took back.
        if (total === 0) continue;
        tokens += total;
        const [made, from] = [series[records.data[place + SERIES] ?? -1], origins[records.data[place + ORIGIN] ?? -1]];
        const counts = records.data.subarray(place + SERIES + 1, place + REPORTED + 1);
        const numbers = [KEY, TIME, RANK].map((column) => records.data[place + column]);
        requests.push([...numbers, ...counts, ...Object.values(made ?? {}), ...Object.values(from ?? {})].join(' '));
      }
      return { tokens, requests: requests.sort() };
    },
  };
}

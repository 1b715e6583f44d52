import { keyPlaces } from './key-places.ts';

/** The times of requests that were written, by their keys. */
export interface WrittenRequests {
  /** Epoch milliseconds; undefined where the request was not written. */
  timeOf(key: number): number | undefined;
  note(key: number, time: number): void;
}

export function writtenRequests(): WrittenRequests {
  const places = keyPlaces();
  let times = new Float64Array(512);
  let count = 0;

  return {
    timeOf(key) {
      const place = places.at(key);
      return place === undefined ? undefined : times[place];
    },
    note(key, time) {
      const known = places.claim(key, count);
      if (known !== undefined) {
        times[known] = time;
        return;
      }
      if (count === times.length) {
        const longer = new Float64Array(count * 2);
        longer.set(times);
        times = longer;
      }
      times[count++] = time;
    },
  };
}

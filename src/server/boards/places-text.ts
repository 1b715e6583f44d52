/**
 * A set of places in a list as a short text: the steps from each to the next, seven bits a byte, the last byte of a step
 * without the eighth, in base64.
 */
export function writePlaces(places: readonly number[]): string {
  const sorted = Uint32Array.from(places).sort();
  const bytes = Buffer.alloc(sorted.length * 5);
  let length = 0;
  let last = 0;
  for (const place of sorted) {
    let step = place - last;
    last = place;
    for (; step > 127; step >>>= 7) bytes[length++] = (step & 127) | 128;
    bytes[length++] = step;
  }
  return bytes.toString('base64', 0, length);
}

/** The places of such a text, in their order. */
export function readPlaces(text: string): number[] {
  const places: number[] = [];
  let [last, step, shift] = [0, 0, 0];
  for (const byte of Buffer.from(text, 'base64')) {
    step += (byte & 127) * 2 ** shift;
    shift += 7;
    if (byte > 127) continue;
    last += step;
    places.push(last);
    [step, shift] = [0, 0];
  }
  return places;
}

import type { Random } from '../demo/random.ts';
import { oddValue } from './odd-values.ts';

type Value = null | boolean | number | string | Value[] | { [key: string]: Value };

/** Some lines in a row of one log, broken here and there. */
export function brokenLines(lines: readonly string[], random: Random): Buffer {
  if (random.chance(0.04)) return randomBytes(random, lines);
  const start = random.whole(0, Math.max(0, lines.length - 1));
  let chosen = lines
    .slice(start, start + random.whole(1, 8))
    .map((line) => (random.chance(0.6) ? brokenValue(line, random) : line));
  if (random.chance(0.15)) chosen = chosen.toSorted(() => random.between(-1, 1));
  if (random.chance(0.15)) chosen = chosen.flatMap((line) => (random.chance(0.3) ? [line, line] : [line]));
  const ends = random.pick([
    ['\n', 12],
    ['\r\n', 2],
    ['', 2],
    ['\n\n', 1],
    [' ', 1],
    ['\0', 1],
    ['\r', 1],
  ] as const);
  return brokenBytes(Buffer.from(chosen.map((line) => `${line}${ends}`).join('')), random);
}

/** A document, broken here and there. */
export function brokenDocument(text: string, random: Random): Buffer {
  if (random.chance(0.04)) return randomBytes(random, [text]);
  return brokenBytes(Buffer.from(random.chance(0.95) ? brokenValue(text, random) : text), random);
}

/** JSON with a few values of another kind: replaced, removed, doubled. Not always JSON any more. */
export function brokenValue(text: string, random: Random): string {
  let value: Value;
  try {
    value = JSON.parse(text) as Value;
  } catch {
    return text;
  }
  const replaced = new Map<string, string>();
  for (let change = random.whole(1, 3); change > 0; change--) {
    const holder = randomHolder(value, random);
    if (holder === undefined) return oddValue(random);
    const keys = Object.keys(holder);
    const key = keys[random.whole(0, keys.length - 1)] ?? 'extra';
    const mark = `@${replaced.size}@`;
    if (random.chance(0.12)) delete (holder as { [key: string]: Value })[key];
    else {
      (holder as { [key: string]: Value })[key] = mark;
      replaced.set(
        `"${mark}"`,
        random.chance(0.06) ? `${oddValue(random)},"${key}":${oddValue(random)}` : oddValue(random),
      );
    }
  }
  let broken = JSON.stringify(value, null, random.chance(0.1) ? 1 : 0).replaceAll('\n', ' ');
  for (const [mark, odd] of replaced) broken = broken.replace(mark, () => odd);
  return broken;
}

/** An object or array somewhere in a value, deep ones as likely as others. */
function randomHolder(value: Value, random: Random): object | undefined {
  const holders: object[] = [];
  const visit = (inner: Value): void => {
    if (inner === null || typeof inner !== 'object') return;
    if (Object.keys(inner).length > 0) holders.push(inner);
    for (const child of Object.values(inner)) visit(child);
  };
  visit(value);
  return holders[random.whole(0, holders.length - 1)];
}

/** Cut, overwritten or doubled in places. */
export function brokenBytes(bytes: Buffer, random: Random): Buffer {
  let broken = bytes;
  if (random.chance(0.15)) broken = broken.subarray(0, random.whole(0, broken.length));
  if (random.chance(0.05)) broken = broken.subarray(random.whole(0, broken.length));
  if (random.chance(0.1)) {
    broken = Buffer.from(broken);
    for (let change = random.whole(1, 8); change > 0 && broken.length > 0; change--) {
      broken[random.whole(0, broken.length - 1)] = random.whole(0, 255);
    }
  }
  if (random.chance(0.04)) broken = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), broken]);
  if (random.chance(0.04)) broken = Buffer.concat([broken, broken.subarray(random.whole(0, broken.length))]);
  return broken;
}

/** Random bytes, with some words of the log among them so that they are looked at. */
function randomBytes(random: Random, texts: readonly string[]): Buffer {
  const parts: Buffer[] = [];
  for (let part = random.whole(1, 6); part > 0; part--) {
    const text = texts[random.whole(0, texts.length - 1)] ?? '';
    const start = random.whole(0, text.length);
    parts.push(Buffer.from(text.slice(start, start + random.whole(0, 300))));
    parts.push(Buffer.from(Array.from({ length: random.whole(0, 60) }, () => random.whole(0, 255))));
  }
  return Buffer.concat(parts);
}

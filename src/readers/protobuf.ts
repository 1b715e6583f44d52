/** A message's fields by number, each in its order: whole numbers of any size, and bytes (texts and messages). */
export type ProtobufFields = ReadonlyMap<number, readonly (number | Uint8Array)[]>;

/**
 * The fields of a message in the wire format of protocol buffers. What is cut or broken ends it; what is fixed in size
 * (times, fractions) is passed over.
 */
export function protobufFields(bytes: Uint8Array): ProtobufFields {
  const fields = new Map<number, (number | Uint8Array)[]>();
  let at = 0;

  function varint(): number | undefined {
    let value = 0;
    for (let scale = 1; at < bytes.length; scale *= 128) {
      const byte = bytes[at++] as number;
      value += (byte & 127) * scale;
      if (byte < 128) return value;
      if (scale > 2 ** 63) return undefined;
    }
    return undefined;
  }

  while (at < bytes.length) {
    const tag = varint();
    if (tag === undefined) break;
    const wire = tag % 8;
    if (wire === 1 || wire === 5) {
      at += wire === 1 ? 8 : 4;
      continue;
    }
    const value = wire === 0 || wire === 2 ? varint() : undefined;
    if (value === undefined || (wire === 2 && at + value > bytes.length)) break;
    const found = wire === 0 ? value : bytes.subarray(at, at + value);
    if (wire === 2) at += value;
    const number = Math.floor(tag / 8);
    const list = fields.get(number) ?? [];
    list.push(found);
    fields.set(number, list);
  }
  return fields;
}

/** The message in a field, by a path of numbers; empty where there is none. */
export function protobufAt(fields: ProtobufFields, ...path: readonly number[]): ProtobufFields {
  let found = fields;
  for (const number of path) {
    const value = found.get(number)?.at(-1);
    found = value instanceof Uint8Array ? protobufFields(value) : new Map();
  }
  return found;
}

/** A whole number; 0 where there is none. */
export function protobufNumber(fields: ProtobufFields, number: number): number {
  const value = fields.get(number)?.at(-1);
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : 0;
}

/** A text; undefined where there is none or it is empty. */
export function protobufText(fields: ProtobufFields, number: number): string | undefined {
  const value = fields.get(number)?.at(-1);
  return value instanceof Uint8Array && value.length > 0 ? Buffer.from(value).toString('utf8') : undefined;
}

/** A memory of what takes long to make; the one that was not asked for the longest is forgotten first. */
export interface Memory {
  of<Value>(name: string, make: () => Value): Value;
  clear(): void;
}

export function memory(most: number): Memory {
  const known = new Map<string, unknown>();
  return {
    of<Value>(name: string, make: () => Value): Value {
      const value = known.has(name) ? (known.get(name) as Value) : make();
      known.delete(name);
      known.set(name, value);
      const [oldest] = known.keys();
      if (known.size > most && oldest !== undefined) known.delete(oldest);
      return value;
    },
    clear: () => known.clear(),
  };
}

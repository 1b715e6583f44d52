/**
 * A schema by which answers are written out: what may be null says so itself. As one of two alternatives each value would
 * be checked against both, by checks that are compiled when the first answer is waited for.
 */
export function answerSchema(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(answerSchema);
  if (typeof schema !== 'object' || schema === null) return schema;
  const { anyOf, ...others } = Object.fromEntries(
    Object.entries(schema).map(([name, value]) => [name, answerSchema(value)]),
  );
  if (anyOf === undefined) return others;
  const [one, none] = anyOf as readonly { readonly type?: string }[];
  const isNullable = (anyOf as readonly unknown[]).length === 2 && none?.type === 'null';
  return isNullable ? { ...others, ...one, nullable: true } : { ...others, anyOf };
}

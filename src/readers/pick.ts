/** The fields that are wanted of a JSON object: `true` takes a value whole, a shape looks inside; arrays apply it to each element. */
export type Shape = { readonly [key: string]: true | Shape };

/**
 * What a token of each kind weighs against one of plain input, as providers' prices relate to each other: of one model, so
 * that sums of tokens can be compared by what they burn, whether or not the model has a known price.
 */
export const inputEquivalents = { input: 1, output: 5, cacheRead: 0.1, cacheWrite5m: 1.25, cacheWrite1h: 2 } as const;

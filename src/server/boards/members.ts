/** A set of members by the small numbers that stand for them: it takes a byte for each, where a `Set` takes forty. */
export interface Members {
  has(member: number): boolean;
}

export function membersIn(numbers: readonly number[]): Members {
  let most = -1;
  for (const number of numbers) if (number > most) most = number;
  const present = new Uint8Array(most + 1);
  for (const number of numbers) present[number] = 1;
  return { has: (member) => present[member] === 1 };
}

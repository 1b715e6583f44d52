/** A 53-bit hash of a request's key. That any two of a million requests meet has a chance of 1 in 18,000. */
export function keyHash(key: string): number {
  let low = 0x9747b28c ^ key.length;
  let high = 0x5bd1e995 ^ key.length;
  for (let i = 0; i < key.length; i++) {
    const code = key.charCodeAt(i);
    low = Math.imul(low ^ code, 0x85ebca6b);
    low = (low << 13) | (low >>> 19);
    high = Math.imul(high ^ code, 0xc2b2ae35);
    high = (high << 15) | (high >>> 17);
  }
  low = finish(low ^ high);
  high = finish(high + low);
  return (high & 0x1fffff) * 0x1_0000_0000 + (low >>> 0);
}

function finish(hash: number): number {
  let mixed = hash ^ (hash >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

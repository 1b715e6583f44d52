import { maxNameLength } from '../../team/protocol/limits.ts';

/** Letters that look like others: names that differ by them alone would be taken for one. */
const invisible = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\u115F\u1160\u3164\uFFA0]/gu;

/** A name as it is shown: NFKC, without what cannot be seen, single spaces, at most 40 characters; undefined where nothing is left. */
export function cleanName(name: string): string | undefined {
  const clean = [...name.normalize('NFKC').replace(invisible, '').replace(/\s+/gu, ' ').trim()]
    .slice(0, maxNameLength)
    .join('')
    .trim();
  return clean === '' ? undefined : clean;
}

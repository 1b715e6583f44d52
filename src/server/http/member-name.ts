import { maxNameLength } from '../../team/protocol/limits.ts';
import { cleanText } from '../policy/clean-text.ts';

/** A name as it is shown, of at most 40 characters; undefined where nothing is left to see. */
export function cleanName(name: string): string | undefined {
  const clean = cleanText([...cleanText(name)].slice(0, maxNameLength).join(''));
  return clean === '' ? undefined : clean;
}

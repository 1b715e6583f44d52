/** What shows nothing, or turns round what stands beside it: texts that differ by it alone would be taken for one. */
const invisible = /[\p{C}\p{Default_Ignorable_Code_Point}\u2800]/gu;
const visible = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** A text as it is shown: NFKC, single spaces, nothing that cannot be seen; empty where nothing is left to see. */
export function cleanText(text: string): string {
  const clean = text.normalize('NFKC').replace(/\s+/gu, ' ').replace(invisible, '').trim();
  return visible.test(clean) ? clean : '';
}

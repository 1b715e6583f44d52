/** People of the fixtures, whose homes may stand in them. */
const people = new Set(['ada', 'dev']);
const address = /[\w.%+-]+@(?:[\w-]+\.)+[a-z]{2,}/gi;
const home = /(?:\/home\/|\/Users\/|[a-z]:[\\/]+Users[\\/]+)([^\\/"'\s:,)]+)/gi;

/** What of a text may be a real person's: e-mail addresses, and home folders of others than the fixtures' own people. */
export function privateTextIn(text: string): readonly string[] {
  const addresses = [...text.matchAll(address)].map(([found]) => found).filter((found) => !isMadeUp(found));
  const homes = [...text.matchAll(home)].flatMap(([found, name = '']) =>
    people.has(name.toLowerCase()) ? [] : [found],
  );
  return [...addresses, ...homes];
}

/** Domains that nobody has (RFC 2606). */
function isMadeUp(found: string): boolean {
  return /@(?:.+\.)?example(?:\.(?:com|org|net))?$|\.(?:example|invalid|test)$/i.test(found);
}

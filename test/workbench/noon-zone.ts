/** A time zone where it is about noon, so that no test meets a midnight: `Etc/GMT+3` is three hours behind UTC. */
export function noonZone(now: Date = new Date()): string {
  const behind = now.getUTCHours() - 12;
  return behind === 0 ? 'Etc/GMT' : `Etc/GMT${behind > 0 ? '+' : ''}${behind}`;
}

/** Prints lines on standard output. */
export function print(lines: readonly string[]): void {
  process.stdout.write(lines.join('\n'));
  // Where a disk that is full took only a part of a write, Node does not notice; the next write fails.
  process.stdout.write('\n');
}

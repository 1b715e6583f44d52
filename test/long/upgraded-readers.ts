import { readers } from '../../src/readers/index.ts';
import { type AnyReader, type Finding, reader } from '../../src/readers/reader.ts';

/**
 * All readers, a version later: of the requests in lines they have learnt that every third is none, and that another third
 * had one token more of input.
 */
export const upgradedReaders: readonly AnyReader[] = readers.map(({ lines, ...rest }) =>
  reader({
    ...rest,
    version: rest.version + 1,
    ...(lines !== undefined && {
      lines: {
        ...lines,
        *line(...given: Parameters<typeof lines.line>) {
          for (const finding of lines.line(...given)) yield* upgraded(finding);
        },
      },
    }),
  }),
);

function* upgraded(finding: Finding): Iterable<Finding> {
  if (finding.kind === 'limit') {
    yield finding;
    return;
  }
  const { tokens } = finding;
  const third = tokens.output % 3;
  if (third === 0) return;
  yield third === 1 ? { ...finding, tokens: { ...tokens, input: tokens.input + 1 } } : finding;
}

import assert from 'node:assert/strict';
import { languages, manifestTexts, type Texts, textsIn, textsOfSources, translation } from './texts.ts';

/** `{0}` and its like, and what Markdown and VS Code's icons make of a text. */
const marks = /\{\d+\}|\$\([a-z-~]+\)|`[^`]*`/g;

describe('The translations', () => {
  const english = textsOfSources();

  it('know every text of the sources', () => {
    assert.ok(english.length > 500, `${english.length} texts were found`);
    assert.deepEqual(textsIn("t('It\\'s {0}') + vscode.l10n.t(\n  \"a\",\n) + got('b') + format(c)", 'x.ts'), [
      "It's {0}",
      'a',
    ]);
    assert.throws(() => textsIn('\nt(text)', 'x.ts'), /x\.ts:2/);
  });

  for (const language of languages()) {
    describe(language, () => {
      const { texts, manifest } = translation(language);

      it('has every text, and none that nothing says any more', () => {
        assert.deepEqual(Object.keys(texts).toSorted(), english);
        assert.deepEqual(Object.keys(manifest).toSorted(), Object.keys(manifestTexts()).toSorted());
      });

      it('keeps what is filled in, and the icons', () => {
        assert.deepEqual(
          strayed(texts, (text) => text),
          [],
        );
        assert.deepEqual(
          strayed(manifest, (key) => manifestTexts()[key] ?? ''),
          [],
        );
      });
    });
  }
});

/** Translations whose placeholders are not those of the English text. */
function strayed(texts: Texts, englishOf: (key: string) => string): readonly string[] {
  const marksOf = (text: string) => [...new Set(text.match(marks))].toSorted().join(' ');
  return Object.entries(texts)
    .filter(([key, text]) => text.trim() === '' || marksOf(englishOf(key)) !== marksOf(text))
    .map(([key, text]) => `${key} → ${text}`);
}

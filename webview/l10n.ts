let texts: Readonly<Record<string, string>> = {};

/** Sets the texts of the editor's language by their English ones. */
export function useTexts(told: Readonly<Record<string, string>>): void {
  texts = told;
}

/** A text in the editor's language, with `{0}`, `{1}` filled in. */
export function t(text: string, ...values: readonly (string | number)[]): string {
  return (texts[text] ?? text).replace(/\{(\d+)\}/g, (placeholder, index) =>
    String(values[Number(index)] ?? placeholder),
  );
}

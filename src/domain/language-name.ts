const names = new Intl.DisplayNames('en', { type: 'language' });

/** A language by its English name; a code that has none, as it is. */
export function languageName(code: string): string {
  try {
    return names.of(code) ?? code;
  } catch {
    return code;
  }
}

/** Return the language to begin with, as a two- or three-letter code: the first that is set. */
export function firstLanguage(...wanted: (string | null | undefined)[]): string {
  const set = wanted.find((language) => /^[a-z]{2,3}(?![a-z])/i.test(language ?? ""));
  return set ? set.toLowerCase().split(/[-_]/)[0]! : "en";
}

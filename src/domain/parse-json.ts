/** What a text is as JSON; undefined: it is none. What was wrong with it is left out, for it may repeat the text. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

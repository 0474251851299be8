const ASKING =
  /^(?:(?:so|and|but|ok|okay|then|well)[\s,]+)*(?:what|whats|when|how|why|who|where|which|can|could|do|does|did|is|are|am|should|will|would|may)\b/iu;
/** A question comes early or never. Bounds the time. */
const MAX_CHARACTERS = 300;

/** Whether a text asks for something, by its first word or its last sign. */
export function isQuestion(text: string): boolean {
  const read = text.trim();
  return read.endsWith('?') || ASKING.test(read.slice(0, MAX_CHARACTERS));
}

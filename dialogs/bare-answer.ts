import type { RecognizerResult } from '../src/domain/recognition.ts';

const mostWords = 2;

/** "Yes", "no" and "ok" tell nothing more; "no, I did nothing wrong" does. */
export function isBareAnswer({ intent, text }: RecognizerResult): boolean {
  return (intent === 'yes' || intent === 'no') && text.trim().split(/\s+/).length <= mostWords;
}

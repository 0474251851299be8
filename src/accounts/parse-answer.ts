import { SupportError } from '../domain/errors.ts';
import { parseJson } from '../domain/parse-json.ts';

/** The JSON of a source's answer. Throws `account-garbage`. */
export function parseAnswer(text: string): unknown {
  const answer = parseJson(text);
  if (answer === undefined) throw new SupportError('account-garbage', { detail: 'the answer is no JSON' });
  return answer;
}

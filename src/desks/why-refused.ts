import { z } from 'zod';
import { parseJson } from '../domain/parse-json.ts';
import { truncate } from '../domain/truncate.ts';

const longest = 200;
const name = z.string().regex(/^[\w.[\]-]{1,60}$/);
const sentence = z.string().min(1);
const listed = z.object({ field: name, code: name.optional().catch(undefined), message: sentence.optional() });
const detailed = z.object({ description: sentence.optional(), error: name.optional().catch(undefined) });
/** How desks tell what was wrong with a request; each knows one of these. */
const complaints = z.object({
  // developer.zendesk.com “Error format”
  details: z.record(name, z.array(detailed)).optional().catch(undefined),
  // developers.freshdesk.com “Errors”; Jira has an object of field and sentence
  errors: z
    .union([z.array(listed), z.record(name, sentence)])
    .optional()
    .catch(undefined),
  // developer.atlassian.com “Status codes”
  errorMessages: z.array(sentence).optional().catch(undefined),
  errorMessage: sentence.optional().catch(undefined),
});

/**
 * What was wrong with a request, as the desk’s answer tells it: fields, their codes, and sentences, but none that repeats
 * anything of what was sent. Empty: it does not tell.
 */
export function whyRefused(answer: string, sent: string): string {
  const read = complaints.safeParse(parseJson(answer));
  if (!read.success) return '';
  const { details = {}, errors = [], errorMessages = [], errorMessage } = read.data;
  const repeats = repeating(sent);
  const told = (field: string | null, code: string | undefined, said: string | undefined) => {
    const kept = said === undefined || repeats(said) ? undefined : said.replaceAll(/\s+/g, ' ').trim();
    return [field, [code, kept].filter((part) => part !== undefined).join(', ')].filter(Boolean).join(': ');
  };
  const lines = [
    ...Object.entries(details).flatMap(([field, all]) =>
      all.map(({ error, description }) => told(field, error, description)),
    ),
    ...(Array.isArray(errors)
      ? errors.map(({ field, code, message }) => told(field, code, message))
      : Object.entries(errors).map(([field, message]) => told(field, undefined, message))),
    ...[...errorMessages, errorMessage].map((message) => told(null, undefined, message)),
  ];
  return truncate(lines.filter((line) => line !== '').join('; '), longest);
}

const wordsOf = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}@.'’-]+/gu) ?? [];
/** So many words in a row are no chance. */
const phrase = 3;

/** Whether a sentence holds an address, or a value, a number or a phrase that was sent. */
function repeating(sent: string): (said: string) => boolean {
  const values = leavesOf(parseJson(sent)).filter(({ length }) => length > 3);
  const texts = values.map((value) => ` ${wordsOf(value).join(' ')} `);
  return (said) => {
    const words = wordsOf(said);
    const phrases = words.slice(phrase - 1).map((_, at) => ` ${words.slice(at, at + phrase).join(' ')} `);
    return (
      /@|\d{4}/.test(said) ||
      values.some((value) => said.toLowerCase().includes(value.toLowerCase())) ||
      texts.some((text) => phrases.some((one) => text.includes(one)))
    );
  };
}

function leavesOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(leavesOf) : [];
}

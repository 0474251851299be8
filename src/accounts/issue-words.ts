import type { z } from 'zod';

/** Where an issue is, without the places in lists: `usage[].limit`. */
export function pathInWords(path: readonly PropertyKey[]): string {
  return path
    .map((part) => (typeof part === 'number' ? '[]' : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
}

/** Why a value is not as agreed, without the value. */
export function whyNot(issue: z.core.$ZodIssue, value: unknown): string {
  if (value === undefined) return 'is missing';
  switch (issue.code) {
    case 'invalid_type':
      return `is ${kindOf(value)}, and should be ${nameOf(issue.expected)}`;
    case 'invalid_union':
      return ofUnion(issue, value);
    case 'invalid_value':
      return typeof value === 'string' ? notAWord : `is ${kindOf(value)}, and should be a text`;
    case 'invalid_format':
      return issue.format === 'datetime' ? ofMoment(value as string) : 'has characters that it may not have';
    case 'too_small':
      return 'is negative';
    case 'too_big':
      return 'is too large';
    default:
      return ofRule(value);
  }
}

const notAWord = 'is none of the words that are known';

function ofUnion(issue: z.core.$ZodIssueInvalidUnion, value: unknown): string {
  if ('discriminator' in issue) return typeof value === 'string' ? notAWord : `is ${kindOf(value)}, not a word`;
  return typeof value === 'number' ? 'is negative' : `is ${kindOf(value)}, and should be a number or "unlimited"`;
}

function ofMoment(value: string): string {
  return /^\d{4}-\d\d-\d\dT[\d:.]+$/.test(value) ? 'has no offset from UTC' : 'is no moment as RFC 3339 has it';
}

/** The rules that are no types: lengths, and features that are told once. */
function ofRule(value: unknown): string {
  if (Array.isArray(value)) return value.length > 1_000 ? 'has more than 1,000 entries' : 'tells a feature twice';
  if (typeof value !== 'string') return 'is not as agreed';
  return value === '' || value.length > 200 ? 'is empty, or longer than 200 characters' : ofMoment(value);
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return nameOf(typeof value);
}

function nameOf(type: string): string {
  const names: Readonly<Record<string, string>> = {
    string: 'a text',
    number: 'a number',
    boolean: 'true or false',
    object: 'an object',
    array: 'a list',
  };
  return names[type] ?? type;
}

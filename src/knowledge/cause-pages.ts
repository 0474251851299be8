import { z } from 'zod';
import { fixers, type CausePage, type FindingSentences } from '../domain/content.ts';
import { splitFrontMatter } from './front-matter.ts';
import type { Report } from './content-error.ts';
import { readYaml } from './yaml-file.ts';

const sentence = z.string().min(1);
const variants = z
  .union([sentence, z.record(z.string(), sentence)])
  .transform((value) => (typeof value === 'string' ? { always: value } : value));

const fixer = z.enum(fixers);
const whoFixes = `should be one of ${fixers.join(', ')}, or one of them for each variant`;
const stepIds = z.array(sentence);

const agentSentences = z.strictObject({
  proved: variants.default({}),
  possible: variants.default({}),
  'ruled-out': variants.default({}),
  unknown: sentence.nullable().default(null),
});

const schema = z.strictObject({
  name: sentence,
  checks: sentence.nullable().default(null),
  label: sentence.nullable().default(null),
  fixes: z.union([fixer.transform((one) => ({ always: one })), z.record(z.string(), fixer)], { error: whoFixes }),
  article: sentence,
  steps: z.union([stepIds.transform((one) => ({ always: one })), z.record(z.string(), stepIds)]),
  proved: variants,
  possible: variants.default({}),
  'ruled-out': variants,
  unknown: sentence,
  'for-agents': agentSentences.prefault({}),
  waiting: variants.default({}),
  warns: z.array(sentence).default([]),
  'send-on': variants.default({}),
  'agent-next': variants,
  alone: sentence.nullable().default(null),
});

/** Reads the page that tells a cause. */
export function readCausePage(slug: string, text: string, report: Report): CausePage | null {
  const parts = splitFrontMatter(text, report);
  if (!parts) return null;
  const head = readYaml(parts.yaml, schema, report, 1);
  if (!head) return null;
  const body = parts.body.trim();
  if (body === '') report.at(parts.bodyLine, 'tell the customer the cause below the front matter');
  const { 'ruled-out': ruledOut, 'send-on': sendOn, 'agent-next': agentNext, 'for-agents': agents, ...rest } = head;
  return { slug, ...rest, ruledOut, forAgents: sentencesOf(agents), sendOn, agentNext, body };
}

function sentencesOf({ 'ruled-out': ruledOut, ...rest }: z.infer<typeof agentSentences>): FindingSentences {
  return { ...rest, ruledOut };
}

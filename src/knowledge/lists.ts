import { z } from 'zod/v4';
import type { Catalog } from '../domain/catalog.ts';
import type { Languages, Replies } from '../domain/content.ts';
import type { Report } from './problem.ts';
import { readYaml } from './yaml-file.ts';

const named = { name: z.string().min(1), synonyms: z.array(z.string().min(1)) };
const catalogSchema = z.strictObject({
  company: z.string().min(1),
  plans: z.record(z.string(), z.strictObject(named)),
  meters: z.record(z.string(), z.strictObject(named)),
  features: z.record(z.string(), z.strictObject({ ...named, 'lowest-plan': z.string(), meters: z.array(z.string()) })),
});
const lines = z.record(z.string(), z.string().min(1));
const repliesSchema = z.strictObject({ lines, actions: lines });
const languageCode = z.string().regex(/^[a-z]{2}$/, 'should be a language of two letters, such as "de" (ISO 639-1)');
const sentence = z.string().min(1);
const languagesSchema = z.strictObject({
  own: languageCode,
  others: z.record(languageCode, z.strictObject({ line: sentence, 'hand-off': sentence, ticket: sentence })),
});
const intentSchema = z.strictObject({ utterances: z.array(z.string().min(1).max(400)).min(1) });

/** Reads `catalog.yaml`; a feature may only name plans and meters that are in it. */
export function readCatalog(text: string, report: Report): Catalog | null {
  const read = readYaml(text, catalogSchema, report);
  if (!read) return null;
  for (const [slug, feature] of Object.entries(read.features)) {
    const line = text.split('\n').findIndex((one) => one.startsWith(`  ${slug}:`)) + 1;
    if (!(feature['lowest-plan'] in read.plans))
      report.at(line, `${slug}: there is no plan "${feature['lowest-plan']}"`);
    for (const meter of feature.meters)
      if (!(meter in read.meters)) report.at(line, `${slug}: there is no meter "${meter}"`);
  }
  const list = <T>(of: Record<string, T>) => Object.entries(of).map(([slug, one]) => ({ slug, ...one }));
  const features = list(read.features).map(({ 'lowest-plan': lowestPlan, ...rest }) => ({ ...rest, lowestPlan }));
  return { company: read.company, plans: list(read.plans), meters: list(read.meters), features };
}

/** Reads `replies.yaml`. */
export function readReplies(text: string, report: Report): Replies | null {
  return readYaml(text, repliesSchema, report);
}

/** Reads `languages.yaml`. */
export function readLanguages(text: string, report: Report): Languages | null {
  const read = readYaml(text, languagesSchema, report);
  if (!read) return null;
  const others = Object.entries(read.others).map(
    ([code, { 'hand-off': handOff, ...rest }]) => [code, { ...rest, handOff }] as const,
  );
  return { own: read.own, others: new Map(others) };
}

/** Reads one file of example utterances. */
export function readUtterances(text: string, report: Report): readonly string[] | null {
  return readYaml(text, intentSchema, report)?.utterances ?? null;
}

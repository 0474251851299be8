import { z } from 'zod';
import { accountApiMembers, memberReaders } from './account-api-facts.ts';
import { saidAbsences } from './absences.ts';

const described = new Set(['account', 'account.id', 'user', 'user.id']);
for (const schema of [saidAbsences, ...accountApiMembers.map((member) => memberReaders[member].answer)])
  describe(schema, '');

/** The members of an answer that the contract does not have, by their paths; what stands below one of them is not told. */
export function ignoredIn(answer: unknown): readonly string[] {
  return [...new Set(undescribed(answer, ''))];
}

/** The paths of all members that the contract has. */
export const describedPaths: ReadonlySet<string> = described;

function describe(schema: z.ZodType, path: string): void {
  if (schema instanceof z.ZodObject) {
    for (const [name, inner] of Object.entries<z.ZodType>(schema.shape)) {
      const below = join(path, name);
      described.add(below);
      describe(inner, below);
    }
  } else if (schema instanceof z.ZodArray) describe(schema.element as z.ZodType, `${path}[]`);
  else if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable)
    describe(schema.unwrap() as z.ZodType, path);
  else if (schema instanceof z.ZodUnion) for (const one of schema.options) describe(one as z.ZodType, path);
}

function undescribed(node: unknown, path: string): string[] {
  if (Array.isArray(node)) return node.flatMap((one) => undescribed(one, `${path}[]`));
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([name, value]) => {
    const below = join(path, name);
    return described.has(below) ? undescribed(value, below) : [below];
  });
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

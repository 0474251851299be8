import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { parse } from 'yaml';

/** A schema or a part of the document, as far as the tests look into it. */
export interface Schema {
  readonly $ref?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly [keyword: string]: unknown;
}

interface Answer {
  readonly content?: {
    readonly 'application/json': {
      readonly schema: Schema;
      readonly examples?: Readonly<Record<string, { readonly value: object }>>;
    };
  };
}

interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, { readonly get: { readonly responses: Readonly<Record<string, Answer>> } }>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** `docs/account-api.yaml`, as it is published. */
export const published = parse(
  readFileSync(join(import.meta.dirname, '../../docs/account-api.yaml'), 'utf8'),
) as Document;

/** The paths of the two calls. */
export const [path = '', peoplePath = ''] = Object.keys(published.paths);

/** The examples of an answer with this status. */
export function examplesOf(status: string, of = path): (readonly [string, object])[] {
  const examples = published.paths[of]?.get.responses[status]?.content?.['application/json'].examples ?? {};
  return Object.entries(examples).map(([name, { value }]) => [name, value]);
}

/** A day that there is, a time, and an offset: https://www.rfc-editor.org/rfc/rfc3339#section-5.6 */
function isDateTime(value: string): boolean {
  const found = /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/.exec(
    value,
  );
  const day = new Date(`${found?.[1] ?? ''}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(found?.[1] ?? '?');
}

/** Validates against a schema of the document; `closed`: with no member that the document does not describe. */
export function validatorOf(name: string, { closed = false } = {}): ValidateFunction {
  const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
  ajv.addFormat('date-time', isDateTime);
  ajv.addKeyword('components');
  const schemas = closed ? (close(published.components.schemas) as object) : published.components.schemas;
  ajv.addSchema({ $id: 'account-api', components: { schemas } });
  const found = ajv.getSchema(`account-api#/components/schemas/${name}`);
  if (!found) throw new Error(`account-api.yaml has no schema "${name}"`);
  return found;
}

function close(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(close);
  if (typeof node !== 'object' || node === null) return node;
  const inner = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, close(value)]));
  return 'properties' in inner && inner.type === 'object' ? { ...inner, additionalProperties: false } : inner;
}

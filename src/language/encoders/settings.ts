import { anyText, optional, required, type SettingsReader } from '../../domain/settings.ts';
import { httpUrl } from '../../domain/web-address.ts';
import type { EncoderSettings } from './index.ts';

const encoder = optional('ENCODER', '"use-lite", or the address of an embeddings API', (text) =>
  text === 'use-lite' || httpUrl(text) ? text : null,
);
const model = required('ENCODER_MODEL', 'the model that the embeddings API should use', anyText);
const key = optional('ENCODER_KEY', 'the key of the embeddings API', anyText);

/** Reads which encoder there is; null: none. */
export function readEncoder(settings: SettingsReader): EncoderSettings | null {
  const url = encoder.read(settings) ?? null;
  if (url === null || url === 'use-lite') return url;
  return { url, model: model.read(settings) ?? '', key: key.read(settings) ?? null };
}

import type { Encoder } from '../../domain/ports.ts';
import { createEndpointEncoder, type EndpointSettings, type Fetch } from './endpoint.ts';
import { createUseLite } from './use-lite.ts';

/** Which encoder the recognizer has besides its core: one in process, or one behind an API. */
export type EncoderSettings = 'use-lite' | EndpointSettings;

/** The encoder that the settings name. */
export function createEncoder(settings: EncoderSettings, fetch: Fetch): Encoder {
  return settings === 'use-lite' ? createUseLite() : createEndpointEncoder(settings, fetch);
}

import type { Parts } from '../../src/parts.ts';
import { noHub } from '../../src/channels/direct-line/settings.ts';
import type { ChannelSettings } from '../../src/channels/index.ts';
import { pushChannels } from '../../src/domain/channels.ts';
import { codeOf } from '../../src/domain/errors.ts';
import { readSettings, type SettingsReader, type Variables } from '../../src/domain/settings.ts';

/** What is read of these variables, and which of them are complained of. */
export function settingsRead<T>(variables: Variables, read: (settings: SettingsReader) => T) {
  try {
    return { value: readSettings(variables, read), wrong: [], message: '' };
  } catch (error) {
    if (codeOf(error) !== 'config-invalid') throw error;
    const { message } = error as Error;
    return { value: undefined, wrong: message.split('\n').map((line) => line.split(' ')[0] ?? ''), message };
  }
}

/** No channel is connected. */
export const noChannels = Object.fromEntries(pushChannels.map((name) => [name, null])) as ChannelSettings;

/** What the product is assembled with where nothing is set. */
export const noSettings = {
  publicUrl: null,
  allowedOrigins: [],
  trustedProxies: [],
  console: { openId: null, oneTimeLinks: true, roles: { agent: [], writer: [], operator: [] } },
  channels: noChannels,
  replyMail: null,
  handOff: noHub,
  metricsKey: null,
  traces: null,
  retention: { conversations: null, tickets: null, screenshots: null },
  expectedResponse: null,
  responseTargets: {},
  office: null,
  securityContact: null,
} satisfies Parts['config'];

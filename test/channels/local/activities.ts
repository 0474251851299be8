import { randomUUID } from 'node:crypto';
import type { Wire } from '../../../src/channels/wire.ts';

/** Where somebody writes with one of the tools. */
export interface Writer {
  /** What it sends when a conversation begins. */
  readonly opened: () => Wire;
  /** What it sends of a message, or of a pressed button, which is the same. */
  readonly message: (text: string, over?: Wire) => Wire;
}

/** The Bot Framework Emulator: what its source makes of an activity, around what Web Chat posts. */
export function emulator(serviceUrl: string): Writer {
  const [bot, user] = [randomUUID(), randomUUID()];
  const conversation = { id: `${randomUUID()}|livechat` };
  const common = () => ({
    ...{ channelId: 'emulator', conversation, id: randomUUID(), locale: 'en-US', serviceUrl },
    ...{ localTimestamp: '2026-11-22T10:12:00+00:00', timestamp: '2026-11-22T10:12:00.000Z' },
    recipient: { id: bot, name: 'Bot', role: 'bot' },
  });
  return {
    opened: () => ({
      type: 'conversationUpdate',
      ...{
        membersAdded: [
          { id: bot, name: 'Bot' },
          { id: user, name: 'User' },
        ],
        membersRemoved: [],
      },
      ...common(),
      from: { id: user, name: 'User', role: 'user' },
    }),
    message: (text, over) => ({
      channelData: { clientActivityID: '16326504000001x2', clientTimestamp: '2026-11-22T10:12:00.000Z' },
      entities: [{ requiresBotState: true, supportsListening: true, supportsTts: true, type: 'ClientCapabilities' }],
      ...{ text, textFormat: 'plain', type: 'message', localTimezone: 'Europe/Berlin' },
      from: { id: user, name: 'User', role: 'user' },
      ...common(),
      ...over,
    }),
  };
}

const [tenant, person] = ['00000000-0000-0000-0000-0000000000001', '00000000-0000-0000-0000-0000000000020'];
const bot = '00000000-0000-0000-0000-00000000000011';

/** The Agents Playground as `-c <channelId>`: recorded. Its tenant and its people's object ids are no GUIDs. */
export function playground(base: string, channelId: 'msteams' | 'emulator' | 'webchat', kind = 'personal') {
  const isWebChat = channelId === 'webchat';
  const conversation = {
    ...(!isWebChat && { conversationType: kind, tenantId: tenant }),
    id: kind === 'channel' ? `team-id;messageid=${randomUUID()}` : randomUUID(),
  };
  const from = { id: 'user-id-0', name: 'Alex Wilber', ...(!isWebChat && { aadObjectId: person }) };
  const common = () => ({
    ...{ id: randomUUID(), timestamp: '2026-11-28T01:52:48.829Z', serviceUrl: `${base}/_connector`, conversation },
    ...{ recipient: { id: bot, name: 'Test Bot' }, channelId },
    ...(!isWebChat && { channelData: { tenant: { id: tenant } } }),
  });
  return {
    installed: (): Wire => ({ type: 'installationUpdate', from, action: 'add', locale: 'en-US', ...common() }),
    opened: (): Wire => ({ type: 'conversationUpdate', from, membersAdded: [from, { id: bot }], ...common() }),
    message: (text: string, over: Wire = {}): Wire => ({
      ...{ type: 'message', text, from, textFormat: 'plain', locale: 'en-US' },
      ...{ localTimestamp: '2026-11-28T01:52:48.829+00:00', localTimezone: 'UTC' },
      entities: [{ type: 'clientInfo', locale: 'en-US', country: 'US', platform: 'Web', timezone: 'UTC' }],
      ...common(),
      ...over,
    }),
    pressed: (seq: number, label: string): Wire => ({
      ...{ type: 'invoke', name: 'adaptiveCard/action', from },
      value: { action: { type: 'Action.Execute', verb: 'choose', data: { seq, label } }, trigger: 'manual' },
      ...common(),
    }),
  };
}

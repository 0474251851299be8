import { z } from 'zod';
import { SupportError } from '../../domain/errors.ts';
import type { OpenPrivate } from '../channel.ts';
import type { SlackApi } from './api.ts';
import { placed } from './events.ts';

const opened = z.looseObject({ channel: z.looseObject({ id: z.string().regex(/^D[\dA-Z]{1,39}$/) }) });

/** The direct messages between the app and somebody; needs the scope `im:write`. */
export function createOpenPrivate(api: SlackApi): OpenPrivate {
  return async (named) => {
    const [, team = '', user = ''] = named.split('|');
    const told = opened.safeParse(await api((client) => client.conversations.open({ users: user }))).data;
    if (!told) throw new SupportError('channel-refused', { detail: 'Slack opened no direct messages.' });
    const { place, to } = placed({ team, user, channel: told.channel.id, thread: null });
    return { place, to };
  };
}

import { SupportError } from '../../domain/errors.ts';
import type { OpenPrivate } from '../channel.ts';
import type { Connector } from './connector.ts';
import { isTrusted, type TeamsEndpoints } from './endpoints.ts';
import { addressShape } from './events.ts';

interface PrivateNeeds {
  readonly connector: Pick<Connector, 'begin'>;
  readonly endpoints: Pick<TeamsEndpoints, 'services'>;
}

/** The personal chat with somebody who has the app; Teams gives the same one every time. */
export function createOpenPrivate({ connector, endpoints }: PrivateNeeds): OpenPrivate {
  return async (named, to) => {
    const [, tenant = '', person = ''] = named.split('|');
    const address = addressShape.safeParse(to).data;
    if (!address || !isTrusted(address.service, endpoints)) throw refused();
    const { service, bot } = address;
    const { conversation } = await connector.begin(service, {
      ...{ isGroup: false, bot: { id: bot }, members: [{ id: person }] },
      ...{ tenantId: tenant, channelData: { tenant: { id: tenant } } },
    });
    if (conversation === '') throw refused();
    const place = `${tenant}|${conversation}`;
    return { place, to: { service, conversation, place, bot, kind: 'personal' } };
  };
}

function refused(): SupportError {
  return new SupportError('channel-refused', { detail: 'Teams opened no personal chat.' });
}

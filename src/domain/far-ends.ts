import type { ChannelClient, PushChannel } from './channels.ts';
import { codeOf } from './errors.ts';
import type { Events } from './events.ts';
import type { FarEndAnswer, Standing } from './operations.ts';
import type { Desk } from './ports.ts';
import type { Source } from './snapshot.ts';

/** The names of what the product rests on besides its store. */
export function farEndsOf(
  sources: readonly Source[],
  { name }: Pick<Desk, 'name'>,
  channels: readonly PushChannel[],
): readonly Pick<Standing, 'kind' | 'name'>[] {
  return [
    ...sources.map((source) => ({ kind: 'source', name: source }) as const),
    { kind: 'desk', name },
    ...channels.map((channel) => ({ kind: 'channel', name: channel }) as const),
  ];
}

/** The same desk; of everything that it takes, or does not, is told. */
export function watchedDesk(desk: Desk, events: Events): Desk {
  const tell = teller(events, { kind: 'desk', name: desk.name });
  return {
    ...desk,
    take: (...asked) => tell(desk.take(...asked)),
    add: (...asked) => tell(desk.add(...asked)),
  };
}

/** The same client of a channel; of everything that the channel takes, or does not, is told. */
export function watchedClient(client: ChannelClient, events: Events): ChannelClient {
  const tell = teller(events, { kind: 'channel', name: client.channel });
  return { ...client, send: (...asked) => tell(client.send(...asked)) };
}

function teller(events: Events, whose: Pick<FarEndAnswer, 'kind' | 'name'>) {
  return async <T>(answer: Promise<T>): Promise<T> => {
    try {
      const value = await answer;
      events.emit('far-end-answered', { ...whose, result: 'ok' });
      return value;
    } catch (error) {
      events.emit('far-end-answered', { ...whose, result: codeOf(error) });
      throw error;
    }
  };
}

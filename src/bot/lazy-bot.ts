import type { Services } from '../../dialogs/services.ts';
import type { Content } from '../domain/content.ts';
import { lazily } from '../domain/lazily.ts';
import { madeOf } from '../domain/made-of.ts';
import type { Log, Store } from '../domain/ports.ts';
import { createWords } from '../knowledge/wording.ts';
import type { HandleTurn } from './handle-turn.ts';

/** What turns are made of: what dialogs may use, and the words as they are then. */
export interface BotNeeds extends Pick<
  Services,
  'accounts' | 'askInPrivate' | 'clock' | 'random' | 'recognizer' | 'expectedResponse' | 'office' | 'securityContact'
> {
  readonly content: Content;
  /** Where customers reach this server. */
  readonly url: string;
  readonly store: Store;
  readonly log: Log;
}

/** The SDK takes half a second to load. Messages are taken and stored meanwhile; their turns wait for it. */
export function createLazyBot(needs: BotNeeds): () => Promise<HandleTurn> {
  const { store, log } = needs;
  return lazily(async () => {
    const [{ createTurnHandler }, { createSearch }] = await Promise.all([
      import('./handle-turn.ts'),
      import('../knowledge/search.ts'),
    ]);
    return createTurnHandler({ store, services: servicesOf(needs, createSearch), log });
  });
}

function servicesOf(needs: BotNeeds, createSearch: (content: Content) => Services['search']): Services {
  const { content, url, store, accounts, clock, random, recognizer } = needs;
  const searchIn = madeOf(
    () => content.articles,
    () => createSearch(content),
  );
  const agentWords = madeOf(
    () => content.replies,
    () => createWords(content, url, undefined, 'agents', clock),
  );
  return {
    accounts,
    catalog: content.catalog,
    clock,
    random,
    recognizer,
    search: (question: string) => searchIn()(question),
    tickets: store.tickets,
    askInPrivate: needs.askInPrivate,
    expectedResponse: needs.expectedResponse,
    office: needs.office,
    securityContact: needs.securityContact,
    wordsFor: ({ zone }) => createWords(content, url, zone, 'customer', clock),
    get agentWords() {
      return agentWords();
    },
  };
}

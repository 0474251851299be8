import { clouds } from '../../src/channels/teams/endpoints.ts';
import { countingRandom, fakeClock, keptLog, nobodyClaims } from '../support/fakes.ts';

/** With what a channel is made that stands alone: what is posted to it leads to nothing. */
export function needsAlone() {
  return {
    ...{
      clock: fakeClock(),
      random: countingRandom(),
      log: keptLog(),
      fetch,
      endpoints: clouds.public,
      prompts: () => [],
    },
    conversations: {
      ...{ load: () => Promise.resolve(null), activitiesAfter: () => Promise.resolve([]) },
      ...{ open: () => Promise.reject(new Error('nobody opens')), identify: () => Promise.resolve() },
    },
    ...{
      customers: { all: () => [], signIn: () => Promise.reject(new Error('nobody signs in')) },
      answered: () => Promise.resolve(),
    },
    ...{ receive: () => Promise.resolve(), forget: () => Promise.resolve(), refused: () => undefined },
    ...{ claim: nobodyClaims, links: { find: () => Promise.resolve(null) }, subjectByEmail: null },
  };
}

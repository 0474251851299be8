import { microsoft } from '../../src/channels/teams/endpoints.ts';
import { content, countingRandom, fakeClock, keptLog, nobodyClaims } from '../support/fakes.ts';

const noLimits = () => ({ consume: () => Promise.resolve() });

/** With what a channel is made that stands alone: what is posted to it leads to nothing. */
export function needsAlone() {
  return {
    ...{ clock: fakeClock(), random: countingRandom(), log: keptLog(), fetch, endpoints: microsoft },
    conversations: {
      ...{
        lastSeq: () => Promise.resolve(0),
        load: () => Promise.resolve(null),
        activitiesAfter: () => Promise.resolve([]),
      },
      ...{ open: () => Promise.reject(new Error('nobody opens')), identify: () => Promise.resolve() },
    },
    ...{
      customers: { all: () => [], signIn: () => Promise.reject(new Error('nobody signs in')) },
      answered: () => Promise.resolve(),
    },
    ...{ receive: () => Promise.resolve(), forget: () => Promise.resolve(), refused: () => undefined },
    ...{ claim: nobodyClaims, replies: () => content.replies, limits: noLimits, tellHome: () => Promise.resolve('') },
  };
}

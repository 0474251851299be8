import { clouds } from '../../src/channels/teams/endpoints.ts';
import { content, countingRandom, fakeClock, keptLog, nobodyClaims } from '../support/fakes.ts';
import { channelWords } from './channel-words.ts';

const noLimits = () => ({ consume: () => Promise.resolve() });

/** With what a channel is made that stands alone: what is posted to it leads to nothing. */
export function needsAlone() {
  return {
    ...{ clock: fakeClock(), random: countingRandom(), log: keptLog(), fetch, endpoints: clouds.public },
    conversations: {
      ...{
        load: () => Promise.resolve(null),
        activitiesAfter: () => Promise.resolve([]),
        lastSeq: () => Promise.resolve(0),
      },
      ...{ open: () => Promise.reject(new Error('nobody opens')), identify: () => Promise.resolve() },
    },
    ...{
      customers: { all: () => [], signIn: () => Promise.reject(new Error('nobody signs in')) },
      answered: () => Promise.resolve(),
    },
    ...{ receive: () => Promise.resolve(), forget: () => Promise.resolve(), refused: () => undefined },
    ...{
      claim: nobodyClaims,
      prompts: () => content.replies.prompts,
      limits: noLimits,
      tellHome: () => Promise.resolve(''),
    },
    addresses: { named: () => Promise.resolve(), seqOf: () => Promise.resolve(null) },
    words: channelWords,
    hubTalks: { eventBehind: () => Promise.resolve(null), take: () => Promise.reject(new Error('nobody takes over')) },
    ...{ links: { find: () => Promise.resolve(null) }, subjectByEmail: null },
  };
}

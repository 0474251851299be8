import { byHand, official } from './stock-clients.ts';
import { promisesTo } from './stock-promises.ts';

describe('Direct Line 3.0', () => {
  promisesTo([
    ['by hand', byHand, { maySlow: true, many: 1_200 }],
    ['by botframework-directlinejs', official(true), { maySlow: true, many: 1_200 }],
    ['by botframework-directlinejs that polls', official(false), { maySlow: false, many: 1_200 }],
  ]);
});

import { stateStaysSmall } from './state-size.ts';

describe('the state of a conversation', () => stateStaysSmall(30));

import { stateStaysSmall } from '../dialogs/state-size.ts';

describe('the state of a conversation', () => stateStaysSmall(200));

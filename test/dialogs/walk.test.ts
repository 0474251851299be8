import { walkKeeps } from './walk/keeps.ts';

describe('the dialogs, walked', () => walkKeeps(4_000));

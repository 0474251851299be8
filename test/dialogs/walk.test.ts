import { walkKeeps } from './walk/keeps.ts';

describe('the dialogs, walked', () => walkKeeps(12_000));

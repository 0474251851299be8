import { walkKeeps } from '../dialogs/walk/keeps.ts';

describe('the dialogs, walked further', () => walkKeeps(150_000));

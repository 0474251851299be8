import { killedWhileTheyWrite } from './killed.ts';

killedWhileTheyWrite(4, 20261122);

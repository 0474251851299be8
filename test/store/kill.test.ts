import { killedWhileTheyWrite } from './killed.ts';

killedWhileTheyWrite(4);

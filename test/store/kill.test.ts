import { killedWhileTheyWrite } from './killed.ts';

killedWhileTheyWrite(1);

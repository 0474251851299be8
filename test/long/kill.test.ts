import { killedUnderLoad } from '../desks/killed.ts';
import { killedWhileTheyWrite } from '../store/killed.ts';

killedUnderLoad(200, 20261127);
killedWhileTheyWrite(50, 20261128);

import { killedUnderLoad } from '../desks/killed.ts';
import { killedWhileTheyWrite } from '../store/killed.ts';

killedUnderLoad(200);
killedWhileTheyWrite(50);

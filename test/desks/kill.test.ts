import { killedUnderLoad } from './killed.ts';

killedUnderLoad(4, 20261126);

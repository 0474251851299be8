import { killedUnderLoad } from './killed.ts';

killedUnderLoad(10, 20261126);

import { killedUnderLoad } from './killed.ts';

killedUnderLoad(1);

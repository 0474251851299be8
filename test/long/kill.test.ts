import { killedUnderLoad } from '../desks/killed.ts';

killedUnderLoad(200, 20261127);

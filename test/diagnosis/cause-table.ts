import { personRows } from './person-rows.ts';
import { accountRows } from './account-rows.ts';
import { ruleRows } from './rule-rows.ts';
import type { Row } from './row.ts';

/** Every cause with every variant of its proof and of its exclusion, and with every way not to know. */
export const causeTable: Readonly<Record<string, readonly Row[]>> = { ...personRows, ...ruleRows, ...accountRows };

import { outageWith } from '../store/outage.ts';

describe('the outbox', () => outageWith(10_000));

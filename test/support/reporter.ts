import Mocha from 'mocha';
import { seed } from './seed.ts';

/** Mocha's spec reporter, with the closing lines: how to repeat a run that failed, and the one that counts. */
export default class Reporter extends Mocha.reporters.Spec {
  override epilogue(): void {
    super.epilogue();
    const { passes, failures, pending } = this.stats;
    if (failures > 0) console.log(`seed ${seed}: SEED=${seed} npm test`);
    console.log(`${passes} passed, ${failures} failed${pending > 0 ? `, ${pending} skipped` : ''}`);
  }
}

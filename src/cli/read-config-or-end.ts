import { readConfig, type Config } from '../config.ts';
import { codeOf } from '../domain/errors.ts';

/** The settings. Where one is not as it should be, each such one is told in a line, and the process ends with 1. */
export function readConfigOrEnd(...args: Parameters<typeof readConfig>): Config {
  try {
    return readConfig(...args);
  } catch (error) {
    if (codeOf(error) !== 'config-invalid') throw error;
    console.error((error as Error).message);
    process.exit(1);
  }
}

import { json, type Answer } from './answer.ts';

/** Where it is told that the process answers, whatever else it can or cannot do. */
export const livePath = '/health/live';

/** The process answers. */
export function alive(): Answer {
  return json({ status: 'ok' });
}

import type { Instant } from './instant.ts';
import { afterWorking, type OfficeHours } from './office-hours.ts';
import { list, mapped } from './settings.ts';
import { priorities, type Priority, type ResponseTargets, type Work } from './ticket.ts';

const units: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };
const shape = new RegExp(`^(${priorities.join('|')})=([1-9]\\d{0,3})([mhd])$`);

/** How soon customers are to be answered, by the priority of their tickets. */
export const responseTargets = mapped(
  list(
    'RESPONSE_TARGETS',
    'priorities with a time in minutes, hours or days, such as high=30m normal=8h low=3d',
    target,
  ),
  (targets): ResponseTargets => Object.fromEntries(targets),
);

function target(text: string): readonly [Priority, number] | null {
  const [, priority, count, unit = ''] = shape.exec(text) ?? [];
  const ms = units[unit];
  return ms === undefined ? null : [priority as Priority, Number(count) * ms];
}

/** By when the customer of a ticket is to be answered; null: nothing is promised, or they do not wait. */
export type AnswerBy = (work: Pick<Work, 'waitsSince' | 'priority'>) => Instant | null;

/** With office hours only the time counts at which somebody is there. */
export function createAnswerBy(targets: ResponseTargets, office: OfficeHours | null): AnswerBy {
  return ({ waitsSince, priority }) => {
    const ms = targets[priority];
    if (waitsSince === null || ms === undefined) return null;
    return office ? afterWorking(office, waitsSince, ms) : waitsSince + ms;
  };
}

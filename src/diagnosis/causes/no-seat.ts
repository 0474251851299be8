import { unlimited } from '../../domain/usage.ts';
import { proved, ruledOut, unknown, type Cause } from '../cause.ts';

/** The plan is right, but this person has no place in it. */
export const noSeat: Cause = {
  slug: 'no-seat',
  proves: { unassigned: [], 'pool-full': ['taken', 'places'], pending: [] },
  excludes: { always: [] },
  judge({ seat, seats }) {
    if (!seat.known) return unknown(seat);
    if (seat.value === 'assigned') return ruledOut(seat);
    if (seat.value === 'pending') return proved(seat, {}, 'pending');
    if (!seats.known) return proved(seat, {}, 'unassigned');
    const { used: taken, total: places } = seats.value;
    if (places === unlimited || taken < places) return proved(seat, {}, 'unassigned');
    return proved(seats, { taken, places }, 'pool-full');
  },
};

import { z } from 'zod/v4';

/** A moment with its offset from UTC (RFC 3339), as an instant. */
export const moment = z.iso
  .datetime({ offset: true })
  .transform((value) => Date.parse(value))
  // zod lets an offset of 91 hours pass.
  .refine((instant) => !Number.isNaN(instant));

import { z } from 'zod/v4';

// Not min and max: zod compares the length of whatever has one, and throws where that length is no number.

/** A text that is not empty, of at most so many UTF-16 units. */
export const text = (most = 200) => z.string().refine(({ length }) => length >= 1 && length <= most);

/** A list of at most so many. */
export const list = <T extends z.ZodType>(of: T, most = 1_000) => z.array(of).refine(({ length }) => length <= most);

/** A moment with its offset from UTC (RFC 3339), as an instant. */
export const moment = z.iso
  .datetime({ offset: true })
  .transform((value) => Date.parse(value))
  // zod lets an offset of 91 hours pass.
  .refine((instant) => !Number.isNaN(instant));

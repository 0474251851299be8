import { z } from 'zod';

// Not min and max: zod compares the length of whatever has one, and throws where that length is no number.

/** A text that is not empty, of at most so many UTF-16 units. */
export const text = (most = 200) => z.string().refine(({ length }) => length >= 1 && length <= most);

/** An account's or a user's id. It becomes a segment of the account API's path, so "." and ".." are none. */
export const id = text(128).refine(
  (value) => value !== '.' && value !== '..' && value.isWellFormed() && !/\p{Cc}/u.test(value),
);

/** A time zone (IANA) as somebody's client tells it; what is none is as good as not told. */
export const zone = text(64).optional().catch(undefined);
/** A language with its region, such as `de-AT`, as somebody's client tells it; so here. */
export const locale = z
  .string()
  .regex(/^[a-z]{2,3}(?:-[\w-]{1,30})?$/i)
  .optional()
  .catch(undefined);

/** What may be told of a person besides the ids; what is not as agreed is left out. */
export const personShape = {
  name: text(200).optional().catch(undefined),
  zone,
  stripe_customer: z
    .string()
    .regex(/^cus_\w{1,64}$/)
    .optional()
    .catch(undefined),
};

/** An e-mail address as two are compared: ASCII, no blanks around it, in lower case. */
export const email = z
  .string()
  .trim()
  .pipe(z.email())
  .refine(({ length }) => length <= 254)
  // Only now: in lower case the Kelvin sign is a plain k.
  .transform((address) => address.toLowerCase());

/** A list of at most so many. */
export const list = <T extends z.ZodType>(of: T, most = 1_000) => z.array(of).refine(({ length }) => length <= most);

/** A moment with its offset from UTC (RFC 3339), as an instant. */
export const moment = z.iso
  .datetime({ offset: true })
  .transform((value) => Date.parse(value))
  // zod lets an offset of 91 hours pass.
  .refine((instant) => !Number.isNaN(instant));

import { z } from 'zod';
import { moment, text } from '../domain/schemas.ts';

// What is not as agreed is left out: it is no reason to refuse the rest.
const word = text(128).optional().catch(undefined);
const told = { feature: word, code: word, requestId: word };

/** A denial that nobody signed: what it says is no more than a customer could write. */
export const unsignedDenial = z.object(told);

/** A denial as an identity tells it. */
export const signedDenial = z.object({ ...told, object: word, at: moment.optional().catch(undefined) });

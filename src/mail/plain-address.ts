import type { Parse } from '../domain/settings.ts';

/** One plain address and nothing else: no list, no name, no comment. */
const shape = /^[^\s@<>()[\],;:"\\]+@[^\s@<>()[\],;:"\\]+$/;

/** One plain e-mail address. */
export const plainAddress: Parse<string> = (text) => (shape.test(text) && text.length <= 254 ? text : null);

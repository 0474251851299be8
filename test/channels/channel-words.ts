import { createWords } from '../../src/knowledge/wording.ts';
import { content } from '../support/fakes.ts';

/** The words of our content. */
export const channelWords = () => createWords(content, '', undefined, 'customer');

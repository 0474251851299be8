import { button, byId, el } from '../shared/dom.ts';
import type { Client } from './client.ts';
import { DirectLineError } from './direct-line.ts';
import { redeem } from './tokens.ts';

const shape = /^#back=([\w-]{43})$/;

/** The secret in a link that a mail brought, which then stands in the address no more; null: there is none. */
export function takeSecret(): string | null {
  const secret = shape.exec(location.hash)?.[1] ?? null;
  if (secret !== null) history.replaceState(null, '', location.pathname + location.search);
  return secret;
}

/** Waits for a press: programs that look into links before people do would use the secret up. */
export function offerBack(client: Client, request: typeof fetch, secret: string): void {
  const box = byId('back');
  const say = (words: string, label: string, press: () => void) =>
    box.replaceChildren(el('p', {}, words), button(label, press));
  const open = async () => {
    try {
      client.goTo(await redeem(request, secret, AbortSignal.timeout(20_000)));
      box.replaceChildren();
    } catch (error) {
      const why = error instanceof DirectLineError ? error.message : '';
      say(why || 'The conversation cannot be opened right now.', 'Begin a new conversation', begin);
    }
  };
  const begin = () => {
    box.replaceChildren();
    client.start();
  };
  say('A person has answered you.', 'Open the conversation', () => void open());
}

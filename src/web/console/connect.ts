import type { Me, UnlinkedPersonJson } from '../../tickets/console-json.ts';
import { el } from '../shared/dom.ts';
import { get, post, sentenceOf } from './api.ts';

/** Asks an agent whether they are the one who pressed "Claim" in a channel. */
export async function drawConnect(root: HTMLElement, { agent }: Me): Promise<void> {
  const who = new URLSearchParams(location.search).get('who') ?? '';
  const { channel, name } = await get<UnlinkedPersonJson>(`connect?who=${encodeURIComponent(who)}`);
  const trouble = el('p', { role: 'alert' });
  const button = el('button', { type: 'button', class: 'primary' }, `Yes, that is me in ${channel}`);
  const person = () => el('strong', {}, el('bdi', {}, name));
  const card = el(
    'div',
    { class: 'plain' },
    el('h1', { tabindex: '-1' }, `Claim tickets in ${channel}`),
    el('p', {}, 'Are you ', person(), ` in ${channel}? Then what you claim there is yours here, `, agent.name, '.'),
    el('p', { class: 'quiet' }, 'If you did not press “Claim” there a moment ago, close this page.'),
    el('p', {}, button),
    trouble,
  );
  button.addEventListener('click', () => {
    button.disabled = true;
    post('connect', { who })
      .then(() => {
        const done = el('p', { role: 'status' }, `Done. Go back to ${channel} and press “Claim” again.`);
        card.replaceChildren(el('h1', { tabindex: '-1' }, `You are connected with ${channel}`), done);
      })
      .catch((error: unknown) => {
        trouble.textContent = sentenceOf(error);
        button.disabled = false;
      });
  });
  root.replaceChildren(card);
}

import { Client } from './client.ts';
import { wireComposer } from './composer.ts';
import { byId } from '../shared/dom.ts';
import { newId, storageOr } from '../shared/fallbacks.ts';
import { Host } from './host.ts';
import { Memory } from './memory.ts';
import type { HostMessage } from './host-messages.ts';
import { ChatPane } from './chat-pane.ts';

const host = new Host(document.body.dataset.origins ?? '');
const memory = new Memory(storageOr(() => sessionStorage));
let shown = !host.present;
let queued = false;

const client = new Client({
  memory,
  fetch: (...call) => fetch(...call),
  socket: (url) => new WebSocket(url),
  wait: (ms) =>
    new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        removeEventListener('online', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      addEventListener('online', done);
    }),
  random: Math.random,
  newId,
  locale: navigator.language,
  zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  changed: () => {
    if (queued) return;
    queued = true;
    queueMicrotask(draw);
  },
  tellOutcome: (told) => host.post({ latchkey: 'outcome', told }),
  wantIdentity: () => host.post({ latchkey: 'want-identity' }),
});
const pane = new ChatPane((id) => client.resend(id));

function draw(): void {
  queued = false;
  pane.render(client);
  const { received } = client.transcript;
  const seen = shown ? received : (memory.read('seen') ?? 0);
  if (shown) memory.keep('seen', received);
  host.post({ latchkey: 'unread', count: Math.max(0, received - seen) });
}

function onHostMessage(message: HostMessage): void {
  if (message.latchkey === 'identify') client.identify(message.identity, message.denied);
  if (message.latchkey === 'logout') {
    client.logout();
    if (shown) client.start();
  }
  if (message.latchkey === 'close') {
    shown = false;
    if (client.remembered) client.start();
  }
  if (message.latchkey !== 'open') return;
  shown = true;
  client.start();
  if (message.focus) byId('field').focus();
  draw();
}

wireComposer(memory, (text) => client.send(text));
byId('close').hidden = !host.present;
byId('close').addEventListener('click', () => host.post({ latchkey: 'close' }));
addEventListener('keydown', ({ key }) => key === 'Escape' && host.post({ latchkey: 'close' }));
byId('starting').remove();
host.listen(onHostMessage);
if (client.remembered) {
  const log = byId('log');
  log.setAttribute('aria-live', 'off'); // history is not news
  setTimeout(() => log.setAttribute('aria-live', 'polite'), 3000);
}
const article = new URLSearchParams(location.search).get('article');
if (article !== null) client.comesFrom(article);
if (shown) client.start();
host.post({ latchkey: 'ready' });

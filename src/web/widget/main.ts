import type * as Marked from 'marked';
import { Client } from './client.ts';
import { wireComposer } from './composer.ts';
import { byId } from './dom.ts';
import { Host } from './host.ts';
import { Memory } from './memory.ts';
import type { HostMessage } from './host-messages.ts';
import { ChatPane } from './chat-pane.ts';

const { lexer } = (await import(new URL('/vendor/marked.js', location.href).href)) as typeof Marked;

const host = new Host(document.body.dataset.origins ?? '');
const memory = new Memory(sessionStorage);
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
  newId: () => crypto.randomUUID(),
  locale: navigator.language,
  zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  changed: () => {
    if (queued) return;
    queued = true;
    queueMicrotask(draw);
  },
  wantIdentity: () => host.post({ latchkey: 'want-identity' }),
});
const pane = new ChatPane({ lexer: (text) => lexer(text), resend: (id) => client.resend(id) });

function draw(): void {
  queued = false;
  pane.render(client);
  const { received } = client.transcript;
  const seen = shown ? received : (memory.read('seen') ?? 0);
  if (shown) memory.keep('seen', received);
  host.post({ latchkey: 'unread', count: Math.max(0, received - seen) });
}

function onHostMessage(message: HostMessage): void {
  if (message.latchkey === 'identify') client.identify(message.identity);
  if (message.latchkey === 'sign-out') {
    client.signOut();
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
host.listen(onHostMessage);
if (client.remembered) {
  const log = byId('log');
  log.ariaLive = 'off'; // history is not news
  setTimeout(() => (log.ariaLive = 'polite'), 3000);
}
const article = new URLSearchParams(location.search).get('article');
if (article !== null) client.comesFrom(article);
if (shown) client.start();
host.post({ latchkey: 'ready' });

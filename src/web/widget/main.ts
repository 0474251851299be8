import type * as Marked from 'marked';
import { Client } from './client.ts';
import { wireComposer } from './composer.ts';
import { byId } from './dom.ts';
import { Host } from './host.ts';
import { Memory } from './memory.ts';
import type { Message } from './messages.ts';
import { View } from './view.ts';

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
  wantIdentity: () => host.tell({ latchkey: 'want-identity' }),
});
const view = new View({ lexer: (text) => lexer(text), resend: (id) => client.resend(id) });

function draw(): void {
  queued = false;
  view.render(client);
  const { received } = client.transcript;
  const seen = shown ? received : (memory.read('seen') ?? 0);
  if (shown) memory.keep('seen', received);
  host.tell({ latchkey: 'unread', count: Math.max(0, received - seen) });
}

function hear(message: Message): void {
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
byId('close').addEventListener('click', () => host.tell({ latchkey: 'close' }));
addEventListener('keydown', ({ key }) => key === 'Escape' && host.tell({ latchkey: 'close' }));
host.listen(hear);
if (client.remembered) {
  const log = byId('log');
  log.ariaLive = 'off'; // history is not news
  setTimeout(() => (log.ariaLive = 'polite'), 3000);
}
if (shown) client.start();
host.tell({ latchkey: 'ready' });

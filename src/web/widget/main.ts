import { Client } from './client.ts';
import { wireComposer } from './composer.ts';
import { byId } from '../shared/dom.ts';
import { Host } from './host.ts';
import { Memory } from './memory.ts';
import type { HostMessage } from './host-messages.ts';
import { ChatPane } from './chat-pane.ts';
import { offerBack, takeSecret } from './back-link.ts';
import { PastTalks } from './past-talks.ts';
import { ring } from './ring.ts';

const host = new Host(document.body.dataset.origins ?? '');
const secret = takeSecret();
const memory = new Memory(sessionStorage, browserStorage());
let shown = !host.present;
let queued = false;
/** How much was unread when that was told last. */
let told = 0;
/** The page asks for a tone with what comes: data-sound="on" of the script. */
const sound = new URLSearchParams(location.search).get('sound') === 'on';

const request: typeof fetch = (...call) => fetch(...call);
const client = new Client({
  memory,
  fetch: request,
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
const pane = new ChatPane((id) => client.resend(id));
const past = new PastTalks(client, request);

function draw(): void {
  queued = false;
  pane.render(client);
  past.draw();
  if (shown && !document.hidden) client.see();
  const { unread } = client;
  if (unread > told && sound && (!shown || document.hidden)) ring();
  told = unread;
  // Before that it is not known.
  if (shown || client.transcript.lastSeq > 0) host.post({ latchkey: 'unread', count: unread });
}

/** Null: it may not be used. */
function browserStorage(): Storage | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
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
  // There is something to read in a conversation from before.
  if (message.latchkey === 'resume') client.start();
  if (message.latchkey !== 'open') return;
  shown = true;
  client.start();
  if (message.focus) byId('field').focus();
  draw();
}

wireComposer(
  memory,
  (text) => client.send(text),
  () => client.typed(),
);
addEventListener('visibilitychange', draw);
byId('close').hidden = !host.present;
byId('close').addEventListener('click', () => host.post({ latchkey: 'close' }));
addEventListener('keydown', ({ key }) => key === 'Escape' && host.post({ latchkey: 'close' }));
host.listen(onHostMessage);
if (client.remembered) {
  const log = byId('log');
  log.ariaLive = 'off'; // history is not news
  setTimeout(() => (log.ariaLive = 'polite'), 3000);
}
if (secret !== null) offerBack(client, request, secret);
else if (shown) client.start();
host.post({ latchkey: 'ready' });

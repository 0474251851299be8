import { Client } from './client.ts';
import { wireComposer } from './composer.ts';
import { byId } from '../shared/dom.ts';
import { newId, storageOr } from '../shared/fallbacks.ts';
import { Host } from './host.ts';
import { Memory } from './memory.ts';
import type { HostMessage, IdentityMessage } from './host-messages.ts';
import { ChatPane } from './chat-pane.ts';
import { offerBack, takeSecret } from './back-link.ts';
import { PastTalks } from './past-talks.ts';
import { countUnread } from './reading.ts';
import { ring } from './ring.ts';

const host = new Host(document.body.dataset.origins ?? '');
const secret = takeSecret();
const memory = new Memory(
  storageOr(() => sessionStorage),
  storageOr(() => localStorage),
);
let shown = !host.present;
let queued = false;
/** Whether it was looked for what is unread. */
let looked = false;
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

const isJwt = (text: string): boolean => text.split('.').length === 3;

/** A chat that is closed looks first whether there is something to read: then it goes on with that. */
async function onIdentity({ identity: told, denied, spare }: IdentityMessage): Promise<void> {
  const identity = told === undefined || isJwt(told) ? told : null;
  const looks = spare && identity && !denied && !shown && !looked && !client.session;
  looked = true;
  client.identify(identity, denied, Boolean(looks));
  if (looks && (await countUnread(request, identity).catch(() => 0)) > 0) client.start();
}

function onHostMessage(message: HostMessage): void {
  if (message.latchkey === 'identify') void onIdentity(message);
  if (message.latchkey === 'logout') {
    client.logout();
    if (shown) client.start();
  }
  if (message.latchkey === 'close') {
    shown = false;
    if (client.session) client.start();
  }
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
byId('starting').remove();
host.listen(onHostMessage);
if (client.session) {
  const log = byId('log');
  log.setAttribute('aria-live', 'off'); // history is not news
  setTimeout(() => log.setAttribute('aria-live', 'polite'), 3000);
}
const article = new URLSearchParams(location.search).get('article');
if (article !== null) client.comesFrom(article);
if (secret !== null) offerBack(client, request, secret);
else if (shown) client.start();
host.post({ latchkey: 'ready' });

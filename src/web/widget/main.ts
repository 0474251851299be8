import { Client } from './client.ts';
import { wireComposer } from './composer.ts';
import { byId } from '../shared/dom.ts';
import { newId, storageOr } from '../shared/fallbacks.ts';
import { Host } from './host.ts';
import { Memory } from './memory.ts';
import type { HostMessage, IdentityMessage } from './host-messages.ts';
import { ChatPane } from './chat-pane.ts';
import { offerBack, takeSecret } from './back-link.ts';
import { localize } from './localize.ts';
import { wireMenu } from './menu.ts';
import { PastTalks } from './past-talks.ts';
import { countUnread } from './reading.ts';
import { ring } from './ring.ts';
import { saveFile, talkText } from './talk-file.ts';
import { wordsFor } from '../shared/words/index.ts';

const host = new Host(document.body.dataset.origins ?? '');
const secret = takeSecret();
const memory = new Memory(
  storageOr(() => sessionStorage),
  storageOr(() => localStorage),
);
const query = new URLSearchParams(location.search);
/** What the page was served in, which is what the talk is in. */
const talkLanguage = document.documentElement.lang;
const words = wordsFor([query.get('lang') ?? '', ...navigator.languages]);
let queued = false;
/** Whether it was looked for what is unread. */
let looked = false;
/** How much was unread when that was told last. */
let told = 0;
/** The page asks for a tone with what comes: data-sound="on" of the script. */
const sound = query.get('sound') === 'on';

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
  words,
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
const pane = new ChatPane(client, memory, words, talkLanguage);
const past = new PastTalks(client, request, words);

function draw(): void {
  queued = false;
  pane.render();
  past.draw();
  const { unread } = client;
  if (unread > told && sound && (!pane.isOpen || document.hidden)) ring();
  told = unread;
  // Before that it is not known.
  if (pane.isOpen || client.transcript.lastSeq > 0) host.post({ latchkey: 'unread', count: unread });
}

const isJwt = (text: string): boolean => text.split('.').length === 3;

/**
 * A chat that is closed looks first whether there is something to read: then it goes on with that. An identity that the host has
 * only once cannot be spent on looking: there it goes on where there was a chat before.
 */
async function onIdentity({ identity: told, denied, spare }: IdentityMessage): Promise<void> {
  const identity = told === undefined || isJwt(told) ? told : null;
  const isFirst = identity && !denied && !pane.isOpen && !looked && !client.session;
  const looks = isFirst && spare;
  looked = true;
  client.identify(identity, denied, Boolean(looks));
  if (looks ? (await countUnread(request, identity).catch(() => 0)) > 0 : isFirst && memory.read('talked'))
    client.start();
}

function onHostMessage(message: HostMessage): void {
  if (message.latchkey === 'identify') void onIdentity(message);
  if (message.latchkey === 'logout') {
    client.logout();
    if (pane.isOpen) client.start();
  }
  if (message.latchkey === 'close') {
    pane.close();
    if (client.session) client.start();
  }
  if (message.latchkey !== 'open') return;
  client.start();
  pane.open();
  if (message.focus) byId('field').focus();
  draw();
}

addEventListener('visibilitychange', draw);

function beginAnew(): void {
  client.beginAnew();
  pane.toEnd();
}

/** What is folded away is printed, too. */
function printTalk(): void {
  for (const folded of document.querySelectorAll('details')) folded.open = true;
  print();
}

localize(words, document.title);
wireComposer(
  memory,
  words,
  (text, file) => client.send(text, file),
  () => client.typed(),
);
wireMenu([
  [words.anew, beginAnew],
  [words.save, () => saveFile(`${document.title}.md`, talkText(document.title, client.entries, words))],
  [words.print, printTalk],
]);
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
const article = query.get('article');
if (article !== null) client.comesFrom(article);
if (secret !== null) offerBack(client, request, secret, words);
else if (!host.present) client.start();
if (!host.present) pane.open();
host.post({ latchkey: 'ready', close: words.close });

import { Client } from './client.ts';
import { wireComposer } from './composer.ts';
import { byId } from '../shared/dom.ts';
import { newId, storageOr } from '../shared/fallbacks.ts';
import { Host } from './host.ts';
import { Memory } from './memory.ts';
import type { HostMessage } from './host-messages.ts';
import { ChatPane } from './chat-pane.ts';
import { localize } from './localize.ts';
import { wireMenu } from './menu.ts';
import { saveFile, talkText } from './talk-file.ts';
import { wordsFor } from '../shared/words/index.ts';

const host = new Host(document.body.dataset.origins ?? '');
const memory = new Memory(storageOr(() => sessionStorage));
const query = new URLSearchParams(location.search);
/** What the page was served in, which is what the talk is in. */
const talkLanguage = document.documentElement.lang;
const words = wordsFor([query.get('lang') ?? '', ...navigator.languages]);
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

function draw(): void {
  queued = false;
  pane.render();
  host.post({ latchkey: 'unread', count: pane.unread });
}

function onHostMessage(message: HostMessage): void {
  if (message.latchkey === 'identify') client.identify(message.identity, message.denied);
  if (message.latchkey === 'logout') {
    client.logout();
    if (pane.isOpen) client.start();
  }
  if (message.latchkey === 'close') {
    pane.close();
    if (client.remembered) client.start();
  }
  if (message.latchkey !== 'open') return;
  client.start();
  pane.open();
  if (message.focus) byId('field').focus();
  draw();
}

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
wireComposer(memory, words, (text) => client.send(text));
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
if (client.remembered) {
  const log = byId('log');
  log.setAttribute('aria-live', 'off'); // history is not news
  setTimeout(() => log.setAttribute('aria-live', 'polite'), 3000);
}
const article = query.get('article');
if (article !== null) client.comesFrom(article);
if (!host.present) {
  client.start();
  pane.open();
}
host.post({ latchkey: 'ready', close: words.close });

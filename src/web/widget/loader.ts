import type { Brand } from '../../domain/content.ts';
import type { Denied, HostMessage } from './host-messages.ts';

/** A signed identity, or a way to get a fresh one (each works once); `denied`: what it is to be signed with. */
export type Identity = string | ((denied?: Denied) => unknown);

/** What a page is told: that the chat was opened, how much is unread, and what a complaint came to. */
export interface LatchkeyEvents {
  open: undefined;
  unread: number;
  outcome: { readonly outcome: string; readonly ticket?: string };
}

export interface Latchkey {
  open(): void;
  close(): void;
  identify(identity: Identity): void;
  logout(): void;
  /** Opens the chat with what was refused. */
  denied(denied: Denied): Promise<void>;
  /** Tells of an event until the function that comes back is called. */
  on<E extends keyof LatchkeyEvents>(event: E, tell: (value: LatchkeyEvents[E]) => void): () => void;
  /** Does `[name, ...arguments]`, as the list does that stands here before this script. */
  push(...commands: readonly (readonly [string, ...unknown[]])[]): void;
}

type Kept = Record<string, string | undefined>;

/** Stands before this script as it is served. */
declare const brand: Pick<Brand, 'title' | 'launcher' | 'position'> & { readonly accent: string };

declare global {
  interface Window {
    Latchkey?: Latchkey | (readonly [string, ...unknown[]])[];
  }
}

const before = window.Latchkey;
// A page may hold this script twice.
if (!before || Array.isArray(before)) {
  const script = document.currentScript as HTMLScriptElement;
  const { origin } = new URL(script.src);
  const side = brand.position;
  // What the page says of all elements does not hold here.
  const css = `:host{all:initial!important}
button,iframe{position:fixed;z-index:2147483000;${side}:max(20px,env(safe-area-inset-${side}));border:0;box-shadow:0 4px 24px #0005}
button{bottom:max(20px,env(safe-area-inset-bottom));width:56px;height:56px;border-radius:50%;padding:15px;cursor:pointer;background:${brand.accent};color:#fff;forced-color-adjust:none}
button:hover{opacity:.9}
i{display:block;height:26px;background:#fff;clip-path:path("M5 3h16q3 0 3 3v10q0 3-3 3h-9l-5 4v-4H5q-3 0-3-3V6q0-3 3-3")}
[aria-expanded=true] i{clip-path:path("M4 8h4l5 5 5-5h4l-9 10")}
b{position:absolute;top:-4px;right:-4px;min-width:22px;border-radius:11px;background:#b3261e;font:700 12px/22px system-ui}
b:empty,iframe[hidden]{display:none}
iframe{bottom:92px;width:400px;height:min(680px,100vh - 112px);border-radius:16px;background:Canvas}
@media(max-width:480px),(max-height:520px){iframe{inset:0;width:100%;height:100%;border-radius:0}.open{display:none}}
@media print{*{display:none}}`;

  const make = (name: string): HTMLElement => document.createElement(name);
  const home = make('latchkey-help');
  const root = home.attachShadow({ mode: 'open' });
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet];
  } catch {
    root.append(Object.assign(make('style'), { textContent: css }));
  }
  const bubble = make('button');
  const badge = make('b');
  bubble.append(make('i'), badge);
  root.append(bubble);

  let frame: HTMLIFrameElement | undefined;
  let ready = false;
  let opened = false;
  let unread = 0;
  let closing = 'Close help';
  let identity: Identity | undefined;
  let denied: Denied | undefined;
  let mark = '';
  const listeners = new Set<readonly [string, (value: unknown) => void]>();
  const emit = (event: string, value?: unknown) => listeners.forEach(([name, tell]) => name === event && tell(value));

  /** What the panel was like on the page before, and whether a chat was opened in any tab; nothing where the browser keeps nothing. */
  const store = (value?: string) => {
    try {
      const tab: Kept = sessionStorage;
      const browser: Kept = localStorage;
      if (value != null) tab.latchkey = browser.latchkey = value;
      return [tab.latchkey, browser.latchkey];
    } catch {
      // It is closed on the next page.
    }
  };
  const post = (message: HostMessage) => ready && frame?.contentWindow?.postMessage(message, origin);
  const draw = () => {
    const count = opened || !unread ? '' : `${unread}`;
    badge.textContent = count;
    // A phone's whole screen is the chat's, which then has a button to close it; what never gets ready has none.
    bubble.className = opened && ready ? 'open' : '';
    bubble.setAttribute('aria-expanded', `${opened}`);
    bubble.setAttribute('aria-label', opened ? closing : brand.launcher + (count && ` (${count})`));
    if (frame) frame.hidden = !opened;
    const next = count && `(${count}) `;
    // A title that is not there yet is not made by asking for it.
    if (next !== mark) document.title = next + document.title.replace(mark, '');
    mark = next;
  };
  const load = () => {
    if (frame) return;
    frame = make('iframe') as HTMLIFrameElement;
    frame.title = brand.title;
    frame.allow = 'clipboard-write;autoplay';
    frame.src = `${origin}/widget/?from=${encodeURIComponent(location.origin)}&sound=${script.dataset.sound}`;
    frame.hidden = true;
    root.prepend(frame);
  };
  const tellIdentity = async () => {
    const [from, why] = [identity, denied];
    const late = new Promise((resolve) => setTimeout(resolve, 15_000));
    const proof = await Promise.race([
      late,
      (async () => (typeof from === 'function' ? await from(why) : from))(),
    ]).catch(() => 0);
    if (from !== identity || why !== denied) return;
    if (ready) denied = undefined;
    post({
      latchkey: 'identify',
      denied: why,
      spare: !opened && typeof from === 'function',
      identity: from === undefined ? from : String(proof),
    });
  };
  const show = (focus: boolean) => {
    load();
    if (!opened) emit('open');
    opened = true;
    store('open');
    draw();
    if (focus) frame?.focus();
    post({ latchkey: 'open', focus });
  };
  const api: Latchkey = {
    open: () => show(true),
    close() {
      if (!opened) return;
      opened = false;
      store('kept');
      draw();
      post({ latchkey: 'close' });
      bubble.focus();
    },
    identify(source) {
      identity = source;
      if (ready) void tellIdentity();
      // What is unread is known before the chat is opened.
      else load();
    },
    logout() {
      identity = denied = undefined;
      unread = 0;
      if (!opened) store('');
      post({ latchkey: 'logout' });
      draw();
    },
    async denied(what) {
      denied = what;
      if (ready) await tellIdentity();
      show(true);
    },
    on(event, tell) {
      const listener = [event, tell as (value: unknown) => void] as const;
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    push: (...commands) =>
      commands.forEach(([name, ...values]) =>
        (api as never as Record<string, (...all: unknown[]) => void>)[name]?.(...values),
      ),
  };

  bubble.onclick = () => (opened ? api.close() : show(true));
  bubble.onpointerenter = load;
  const onReady = async () => {
    ready = true;
    if (identity !== undefined || denied) await tellIdentity();
    post(opened ? { latchkey: 'open', focus: root.activeElement === frame } : { latchkey: 'close' });
  };
  addEventListener('message', ({ source, origin: from, data }: MessageEvent<HostMessage | null>) => {
    if (!frame || !data || source !== frame.contentWindow || from !== origin) return;
    if (data.latchkey === 'close') api.close();
    if (data.latchkey === 'want-identity') void tellIdentity();
    if (data.latchkey === 'ready') {
      closing = data.close;
      void onReady();
    }
    if (data.latchkey === 'unread' && data.count !== unread) emit('unread', (unread = data.count));
    if (data.latchkey === 'outcome') emit('outcome', data.told);
    draw();
  });

  // Where the page replaces its body, or opens a dialog beside which nothing can be used, the chat moves along.
  let due = 0;
  const settle = () => {
    const place = [...document.querySelectorAll('dialog:modal')].pop() ?? document.querySelector('body');
    if (place && home.parentNode !== place) place.append(home);
    due = 0;
  };
  new MutationObserver(() => (due ||= requestAnimationFrame(settle))).observe(document, {
    childList: true,
    subtree: true,
    attributeFilter: ['open'],
  });
  settle();
  draw();
  window.Latchkey = api;
  api.push(...(before ?? []));
  const [panel, chat] = store() ?? [];
  if (panel === 'open' && innerWidth > 480) show(false);
  else if (chat) load();
}

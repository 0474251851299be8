import type { Brand } from '../../domain/content.ts';
import type { HostMessage } from './host-messages.ts';

/** A signed identity, or a way to get a fresh one (each works once). */
export type Identity = string | (() => string | Promise<string>);

export interface Latchkey {
  open(): void;
  close(): void;
  toggle(): void;
  identify(identity: Identity): void;
  signOut(): void;
}

/** Stands before this script as it is served. */
declare const brand: Pick<Brand, 'title' | 'launcher' | 'position'> & { readonly accent: string };

declare global {
  interface Window {
    Latchkey?: Latchkey | [keyof Latchkey, Identity][];
  }
}

// A plain script: the bubble, the iframe on this script's own origin, and `window.Latchkey`. The block keeps its names
// off the page.
{
  const script = document.currentScript as HTMLScriptElement;
  const { origin } = new URL(script.src);
  const flag = 'latchkey.panel';
  const side = brand.position === 'left' ? 'start' : 'end';
  const style = new CSSStyleSheet();
  style.replaceSync(`
:host{all:initial}
button,iframe{position:fixed;z-index:2147483000;inset-inline-${side}:max(20px,env(safe-area-inset-${brand.position}))}
button{inset-block-end:max(20px,env(safe-area-inset-bottom));inline-size:56px;block-size:56px;border:0;border-radius:50%;cursor:pointer;background:${brand.accent};color:#fff;box-shadow:0 6px 20px #0004}
button:hover{filter:brightness(.85)}
button:focus-visible{outline:3px solid #fff;box-shadow:0 0 0 6px ${brand.accent}}
svg{inline-size:26px;fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round;stroke-linejoin:round;vertical-align:middle}
b{position:absolute;inset:-4px -4px auto auto;min-inline-size:22px;border-radius:11px;background:#b3261e;font:700 12px/22px system-ui,sans-serif}
b:empty,iframe[hidden]{display:none}
iframe{inset-block-end:92px;inline-size:400px;block-size:min(680px,100dvh - 112px);border:0;border-radius:16px;background:Canvas;box-shadow:0 12px 48px #0005}
@media(max-width:480px){iframe{inset:0;inline-size:100%;block-size:100%;border-radius:0}button.open{display:none}}
@media print{button,iframe{display:none}}`);

  const home = document.createElement('section');
  home.setAttribute('aria-label', 'Help');
  const root = home.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [style];
  const bubble = document.createElement('button');
  const badge = document.createElement('b');
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.append(path);
  bubble.append(svg, badge);
  root.append(bubble);

  let frame: HTMLIFrameElement | undefined;
  let ready = false;
  let opened = false;
  let unread = 0;
  let identity: Identity | undefined;
  let mark = '';

  const store = (value?: string) => {
    try {
      if (value) sessionStorage.setItem(flag, value);
      else if (value === '') sessionStorage.removeItem(flag);
      return sessionStorage.getItem(flag);
    } catch {
      return null;
    }
  };
  const post = (message: HostMessage) => ready && frame?.contentWindow?.postMessage(message, origin);
  const draw = () => {
    path.setAttribute('d', opened ? 'm6 9 6 6 6-6' : 'M4 5h16v11H10l-4 4v-4H4zM8.5 9.5h7M8.5 12.5h4');
    const count = opened ? 0 : unread;
    badge.textContent = count ? String(count) : '';
    // A phone's whole screen is the chat's, which then has a button to close it; what never gets ready has none.
    bubble.className = opened && ready ? 'open' : '';
    bubble.setAttribute('aria-expanded', String(opened));
    bubble.setAttribute('aria-label', opened ? 'Close help' : brand.launcher + (count ? `, ${count} unread` : ''));
    if (frame) frame.hidden = !opened;
    const next = count ? `(${count}) ` : '';
    document.title = next + document.title.replace(mark, '');
    mark = next;
  };
  const load = () => {
    if (frame) return;
    frame = document.createElement('iframe');
    frame.title = brand.title;
    frame.allow = 'clipboard-write;autoplay';
    const site = encodeURIComponent(location.origin);
    frame.src = `${origin}/widget/?from=${site}&sound=${script.dataset.sound ?? ''}#${site}`;
    root.prepend(frame);
  };
  /** `proof` null: none could be had. */
  const withProof = async (use: (proof: string | null) => unknown) => {
    const from = identity;
    if (!from) return;
    const asked = (async () => (typeof from === 'string' ? from : await from()))().catch(() => null);
    const late = new Promise((resolve) => setTimeout(resolve, 15_000));
    const proof: unknown = await Promise.race([asked, late]);
    if (from === identity) await use(typeof proof === 'string' ? proof : null);
  };
  const sendIdentity = () => withProof((proof) => post({ latchkey: 'identify', identity: proof }));
  /** How much waits for whoever this is, before anything is loaded; where something does, the chat is, to hear of more. */
  const countUnread = async (proof: string) => {
    const from = identity;
    const body = new Blob([`{"identity":"${proof}"}`], { type: 'application/json' });
    const answer = await fetch(`${origin}/v3/directline/unread`, { method: 'POST', body });
    const { unread: count = 0 } = (await answer.json()) as { unread?: number };
    if (from !== identity || !count) return;
    unread = count;
    load();
    draw();
  };
  const show = (focus: boolean) => {
    load();
    opened = true;
    store('open');
    draw();
    if (focus) frame?.focus();
    post({ latchkey: 'open', focus });
  };
  const api: Latchkey = {
    open: () => show(true),
    close: () => {
      if (!opened) return;
      opened = false;
      store('kept');
      draw();
      post({ latchkey: 'close' });
      bubble.focus();
    },
    toggle: () => (opened ? api.close() : api.open()),
    identify: (source) => {
      identity = source;
      if (ready) void sendIdentity();
      // A text works once, and is for the chat.
      else if (!frame && typeof source === 'function')
        withProof((proof) => proof && countUnread(proof)).catch(() => undefined);
    },
    signOut: () => {
      identity = undefined;
      unread = 0;
      store(opened ? 'open' : '');
      post({ latchkey: 'sign-out' });
      draw();
    },
  };

  bubble.onclick = () => api.toggle();
  home.addEventListener('keydown', ({ key }) => key === 'Escape' && api.close());
  const onReady = async () => {
    ready = true;
    await sendIdentity();
    post(
      opened ? { latchkey: 'open', focus: root.activeElement === frame } : { latchkey: unread ? 'resume' : 'close' },
    );
  };
  addEventListener('message', ({ source, origin: from, data }: MessageEvent<HostMessage | null>) => {
    if (!frame || !data || source !== frame.contentWindow || from !== origin) return;
    const { latchkey } = data;
    if (latchkey === 'close') api.close();
    if (latchkey === 'want-identity') void sendIdentity();
    if (latchkey === 'ready') void onReady();
    if (data.latchkey === 'unread') unread = data.count;
    draw();
  });

  const queue = window.Latchkey;
  window.Latchkey = api;
  draw();
  document.body.append(home);
  if (Array.isArray(queue)) for (const [name, identity] of queue) api[name](identity);
  const before = store();
  if (before === 'open' && innerWidth > 480) show(false);
  else if (before) load();
}

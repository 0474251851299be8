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
  const { origin } = new URL((document.currentScript as HTMLScriptElement).src);
  const flag = 'latchkey.panel';
  const side = brand.position === 'left' ? 'start' : 'end';
  const style = new CSSStyleSheet();
  style.replaceSync(`
:host{all:initial}
button,iframe{position:fixed;z-index:2147483000;inset-inline-${side}:max(20px,env(safe-area-inset-${brand.position}))}
button{inset-block-end:max(20px,env(safe-area-inset-bottom));inline-size:56px;block-size:56px;border:0;border-radius:50%;padding:0;cursor:pointer;background:${brand.accent};color:#fff;box-shadow:0 6px 20px #0004}
button:hover{filter:brightness(.85)}
button:focus-visible{outline:3px solid #fff;box-shadow:0 0 0 6px ${brand.accent}}
svg{inline-size:26px;fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round;stroke-linejoin:round;vertical-align:middle}
b{position:absolute;inset:-4px -4px auto auto;min-inline-size:22px;line-height:22px;border-radius:11px;background:#b3261e;font:700 12px/22px system-ui,sans-serif}
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
    badge.textContent = opened || !unread ? '' : String(unread);
    // A phone's whole screen is the chat's, which then has a button to close it; what never gets ready has none.
    bubble.className = opened && ready ? 'open' : '';
    bubble.setAttribute('aria-expanded', String(opened));
    bubble.setAttribute(
      'aria-label',
      opened ? 'Close help' : unread ? `${brand.launcher}, ${unread} unread` : brand.launcher,
    );
    if (frame) frame.hidden = !opened;
  };
  const load = () => {
    if (frame) return;
    frame = document.createElement('iframe');
    frame.title = brand.title;
    frame.allow = 'clipboard-write';
    const site = encodeURIComponent(location.origin);
    frame.src = `${origin}/widget/?from=${site}#${site}`;
    root.prepend(frame);
  };
  const sendIdentity = async () => {
    const from = identity;
    if (!from) return;
    const asked = (async () => (typeof from === 'string' ? from : await from()))().catch(() => null);
    const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), 15_000));
    const proof: unknown = await Promise.race([asked, late]);
    if (from === identity) post({ latchkey: 'identify', identity: typeof proof === 'string' ? proof : null });
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
    },
    signOut: () => {
      identity = undefined;
      unread = 0;
      store(opened ? 'open' : '');
      post({ latchkey: 'sign-out' });
      draw();
    },
  };

  bubble.addEventListener('click', () => api.toggle());
  home.addEventListener('keydown', ({ key }) => key === 'Escape' && api.close());
  const onReady = async () => {
    ready = true;
    await sendIdentity();
    post(opened ? { latchkey: 'open', focus: root.activeElement === frame } : { latchkey: 'close' });
  };
  addEventListener('message', ({ source, origin: from, data }: MessageEvent<HostMessage | null>) => {
    if (!frame || !data || source !== frame.contentWindow || from !== origin) return;
    if (data.latchkey === 'close') api.close();
    if (data.latchkey === 'want-identity') void sendIdentity();
    if (data.latchkey === 'ready') void onReady();
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

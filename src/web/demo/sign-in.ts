import { storageOr } from '../shared/fallbacks.ts';
import type { Denied } from '../widget/host-messages.ts';
import type { Latchkey } from '../widget/loader.ts';
import { el } from './elements.ts';

/** A sample customer and what that customer would say. */
interface Customer {
  readonly name: string;
  readonly says: string;
}

const key = 'latchkey.customer';
const storage = storageOr(() => sessionStorage);

/** Fills the switch of customers, tells the widget who is signed in, and remembers it for this tab. */
export async function wireSignIn(
  select: HTMLSelectElement,
  hint: HTMLElement,
  widget: Latchkey | undefined,
): Promise<void> {
  const remembered = storage.getItem(key) ?? '';
  if (remembered) widget?.identify((denied) => identityOf(remembered, denied));
  const customers = await fetchJson<readonly Customer[]>('/demo/customers').catch(() => []);
  select.append(...customers.map(({ name, says }) => el('option', { value: name }, `${name} - “${says}”`)));
  select.value = customers.some(({ name }) => name === remembered) ? remembered : '';
  const tell = () => {
    const says = customers.find(({ name }) => name === select.value)?.says ?? 'I get access denied';
    hint.replaceChildren('Open help and try saying ', el('q', {}, says));
  };
  select.addEventListener('change', () => {
    const name = select.value;
    storage.setItem(key, name);
    if (name) widget?.identify((denied) => identityOf(name, denied));
    else widget?.logout();
    tell();
  });
  tell();
}

/** A fresh identity, as a real host page would get from its own server: it works once and for ten minutes. */
async function identityOf(customer: string, denied?: Denied): Promise<string> {
  const headers = { 'content-type': 'application/json' };
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const body = JSON.stringify({ customer, zone, denied: denied?.feature });
  return (await fetchJson<{ identity: string }>('/demo/identity', { method: 'POST', headers, body })).identity;
}

async function fetchJson<T>(path: string, init?: RequestInit): Promise<T> {
  const response = await fetch(path, init);
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return (await response.json()) as T;
}

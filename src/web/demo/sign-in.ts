import type { Latchkey } from '../widget/loader.ts';
import { el } from './elements.ts';

/** A sample customer and what that customer would say. */
interface Customer {
  readonly name: string;
  readonly says: string;
}

const key = 'latchkey.customer';

/** Fills the switch of customers, tells the widget who is signed in, and remembers it for this tab. */
export async function wireSignIn(
  select: HTMLSelectElement,
  hint: HTMLElement,
  widget: Latchkey | undefined,
): Promise<void> {
  const remembered = sessionStorage.getItem(key) ?? '';
  if (remembered) widget?.identify(() => identityOf(remembered));
  const customers = await fetchJson<readonly Customer[]>('/demo/customers').catch(() => []);
  select.append(...customers.map(({ name, says }) => el('option', { value: name }, `${name} - “${says}”`)));
  select.value = customers.some(({ name }) => name === remembered) ? remembered : '';
  const tell = () => {
    const says = customers.find(({ name }) => name === select.value)?.says ?? 'I get access denied';
    hint.replaceChildren('Open help and try saying ', el('q', {}, says));
  };
  select.addEventListener('change', () => {
    const name = select.value;
    sessionStorage.setItem(key, name);
    if (name) widget?.identify(() => identityOf(name));
    else widget?.signOut();
    tell();
  });
  tell();
}

/** Opens the help where a feature was refused: the identity tells it, so that nobody has to ask. */
export function helpWith(feature: string, widget: Latchkey | undefined): void {
  const customer = sessionStorage.getItem(key);
  if (customer) widget?.identify(() => identityOf(customer, feature));
  widget?.open();
}

/** A fresh identity, as a real host page would get from its own server: it works once and for ten minutes. */
async function identityOf(customer: string, denied?: string): Promise<string> {
  const headers = { 'content-type': 'application/json' };
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const body = JSON.stringify({ customer, zone, denied });
  return (await fetchJson<{ identity: string }>('/demo/identity', { method: 'POST', headers, body })).identity;
}

async function fetchJson<T>(path: string, init?: RequestInit): Promise<T> {
  const response = await fetch(path, init);
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return (await response.json()) as T;
}

import { roles, type Role } from '../domain/agent.ts';

const entryShape = /^[^\s@]{0,64}@[^\s@]{1,255}$/;

/** Whether a text is an e-mail address, or `@example.com` for a whole domain. */
export function isAddressOrDomain(entry: string): boolean {
  return entryShape.test(entry);
}

/** The roles that the settings give to a verified e-mail address; none for null. */
export function rolesOf(email: string | null, listed: Readonly<Record<Role, readonly string[]>>): readonly Role[] {
  if (email === null || email.startsWith('@') || !entryShape.test(email)) return [];
  const address = lower(email);
  const domain = address.slice(address.indexOf('@'));
  return roles.filter((role) => listed[role].some((entry) => [address, domain].includes(lower(entry))));
}

/** Only A to Z: toLowerCase makes a "k" of the Kelvin sign too, and so one address of two. */
function lower(text: string): string {
  return text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
}

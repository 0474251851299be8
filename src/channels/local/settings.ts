import type { SettingsReader } from '../../domain/settings.ts';

/** A bot that anybody on this machine may talk to without a token. */
export interface LocalSettings {
  /** The sample customer that whoever writes is, until they say that they are another one. */
  readonly customer: string;
}

/** The local bot, as the settings have it, over the demo's sample customers; without any there is none. */
export function readLocal(settings: SettingsReader, customers: readonly string[]): LocalSettings | null {
  const [usual] = customers;
  if (usual === undefined) return null;
  const customer = settings.text('LOCAL_CUSTOMER') || usual;
  if (customers.includes(customer)) return { customer };
  settings.complain('LOCAL_CUSTOMER', `one of ${customers.join(', ')}`);
  return null;
}

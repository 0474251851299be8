import { isIP } from 'node:net';
import type { Parse } from './settings.ts';

/** Addresses that begin alike. */
export interface Network {
  readonly address: string;
  /** How many bits of it count. */
  readonly bits: number;
  readonly family: 'ipv4' | 'ipv6';
}

/** One address, or a network such as 10.0.0.0/8; null: it is neither, or it is everybody. */
export const networkOf: Parse<Network> = (text) => {
  const [address = '', bits, ...more] = text.split('/');
  const version = isIP(address);
  if (version === 0 || more.length > 0) return null;
  const all = version === 4 ? 32 : 128;
  const count = bits === undefined ? all : /^\d{1,3}$/.test(bits) ? Number(bits) : NaN;
  return count >= 1 && count <= all ? { address, bits: count, family: version === 4 ? 'ipv4' : 'ipv6' } : null;
};

import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';
import type { Network } from '../domain/networks.ts';

/** What limits know the sender of a request by: an address of IPv4, or the /64 of IPv6 that one household or host has. */
export type ClientKey = (request: IncomingMessage) => string;

/**
 * Knows senders by the addresses of their connections; behind a trusted proxy by what that one says of where the request came
 * from, and so on from hop to hop. What stands left of the first hop that is not trusted is hearsay.
 */
export function createClientKeys(trusted: readonly Network[]): ClientKey {
  const proxies = new BlockList();
  for (const { address, bits, family } of trusted) proxies.addSubnet(address, bits, family);
  const isProxy = (address: string) =>
    isIP(address) !== 0 && proxies.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6');
  return ({ socket, headers }) => {
    const hops = String(headers['x-forwarded-for'] ?? '').split(',');
    let sender = plain(socket.remoteAddress ?? '');
    for (const hop of hops.reverse()) {
      const before = isProxy(sender) ? plain(withoutPort(hop.trim())) : '';
      if (before === '') break;
      sender = before;
    }
    return isIP(sender) === 6 ? halfOf(sender) : sender;
  };
}

/** Some proxies tell the port, too. */
function withoutPort(hop: string): string {
  const [, inBrackets, before] = /^\[([^\]]{1,45})\](?::\d{1,5})?$|^([\d.]{7,15}):\d{1,5}$/.exec(hop) ?? [];
  return inBrackets ?? before ?? hop;
}

/** An address in its one spelling, of IPv4 where it stands for one; empty: it is none. */
function plain(text: string): string {
  const [address = ''] = text.split('%');
  if (isIP(address) !== 6) return isIP(address) === 4 ? address : '';
  const groups = groupsOf(address);
  if (!groups.slice(0, 5).every((group) => group === 0) || groups[5] !== 0xffff) return hexOf(groups);
  return groups
    .slice(6)
    .flatMap((group) => [group >> 8, group & 0xff])
    .join('.');
}

function groupsOf(address: string): readonly number[] {
  const short = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [left = [], right = []] = short.split('::').map((side) => side.split(':').filter((group) => group !== ''));
  const missing = Array.from({ length: 8 - left.length - right.length }, () => '0');
  return [...left, ...missing, ...right].map((group) => parseInt(group, 16));
}

const hexOf = (groups: readonly number[]) => groups.map((group) => group.toString(16)).join(':');

function halfOf(address: string): string {
  return `${hexOf(groupsOf(address).slice(0, 4))}::/64`;
}

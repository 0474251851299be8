import type { IncomingMessage } from 'node:http';
import { isLoopback } from '../../domain/web-address.ts';
import { isTrusted } from '../teams/endpoints.ts';

/** What a proxy or a tunnel adds: then whoever asks is somewhere else, whatever their address seems to be. */
const passedOn = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip'];

/** Why a request is not from this machine; null: it is. A page elsewhere whose name leads here names itself in Host. */
export function whyNotLocal({ socket, headers }: IncomingMessage): string | null {
  if (!isLoopback(socket.remoteAddress ?? '')) return 'address-elsewhere';
  if (!isLoopback((headers.host ?? '').replace(/:\d{1,5}$/, ''))) return 'host-elsewhere';
  return passedOn.some((name) => headers[name] !== undefined) ? 'passed-on' : null;
}

/** Whether replies may go there: plain http to this machine, and a plain path. */
export function isLocalService(service: string): boolean {
  const url = URL.parse(service);
  if (url?.protocol !== 'http:' || !isLoopback(url.hostname)) return false;
  return isTrusted(service, { services: new Set([url.origin]) });
}

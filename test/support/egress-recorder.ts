/* Loaded before the product: writes down every connection that is begun, every name that is looked up, and every port that is listened on. */
import dgram from 'node:dgram';
import dns from 'node:dns';
import { appendFileSync } from 'node:fs';
import net from 'node:net';

const file = process.env.EGRESS_FILE ?? '';
const note = (what: string) => appendFileSync(file, `${what}\n`);

interface Where {
  readonly host?: string;
  readonly path?: string;
  readonly port?: number;
}
type Loose = Record<string, unknown>;
type Call = (this: unknown, ...args: unknown[]) => unknown;

/** Notes every call of a function before it is made. */
function watch(owner: object, name: string, tell: (args: readonly unknown[]) => string): void {
  const all = owner as Loose;
  const original = all[name] as Call;
  all[name] = function watched(this: unknown, ...args: unknown[]) {
    note(tell(args));
    return original.apply(this, args);
  };
}

watch(net.Socket.prototype, 'connect', (args) => {
  const [first, host = 'localhost'] = args.flat() as [Where | number | string, string?];
  if (typeof first !== 'object') return `connect ${host} ${first}`;
  return `connect ${first.host ?? first.path ?? 'localhost'} ${String(first.port)}`;
});
for (const owner of [dns, dns.promises])
  for (const name of ['lookup', 'resolve', 'resolve4', 'resolve6', 'resolveTxt', 'resolveSrv'])
    watch(owner, name, ([host]) => `lookup ${String(host)}`);
watch(dgram, 'createSocket', () => 'datagrams');

const listen = Reflect.get(net.Server.prototype, 'listen') as Call;
net.Server.prototype.listen = function listening(this: net.Server, ...args: unknown[]) {
  this.once('listening', () => {
    const address = this.address();
    if (address && typeof address === 'object') note(`listen ${address.port}`);
  });
  return listen.apply(this, args) as net.Server;
};

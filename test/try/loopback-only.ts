import { Server } from 'node:net';

/** Preloaded into the Playground, which listens on all interfaces and cannot be told otherwise. */
const { listen } = Server.prototype as unknown as { listen: (this: Server, ...args: unknown[]) => Server };

Server.prototype.listen = function (this: Server, first: unknown, ...rest: unknown[]): Server {
  const asked = typeof first === 'object' && first !== null ? first : { port: first };
  const isPort = 'port' in asked && /^\d+$/.test(String(asked.port));
  if (!isPort) return listen.call(this, first, ...rest);
  const called = rest.filter((one) => typeof one === 'function');
  return listen.call(this, { ...asked, port: Number(asked.port), host: '127.0.0.1' }, ...called);
};

// Ends with whoever started it, however that one ended.
process.stdin.resume().on('end', () => process.exit());

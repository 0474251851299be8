import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export type Gate = Awaited<ReturnType<typeof openGate>>;

/** Stands before a server of this machine, and does what networks do to connections. */
export async function openGate(server: string) {
  let behind = server;
  const pairs = new Set<readonly [Socket, Socket]>();
  const streams = new Set<Socket>();
  let [upgrades, refusing, isHeld, isShut] = [0, 0, false, false];

  const gate = createServer((near) => {
    if (isShut) {
      near.destroy();
      return;
    }
    const far = connect(Number(new URL(behind).port), '127.0.0.1');
    const pair = [near, far] as const;
    pairs.add(pair);
    for (const [one, other] of [pair, pair.toReversed() as [Socket, Socket]]) {
      one.on('error', () => other.destroy());
      one.on('close', () => {
        other.destroy();
        pairs.delete(pair);
        streams.delete(far);
      });
    }
    far.pipe(near);
    near.on('data', (data) => {
      if (/^upgrade: websocket/im.test(data.toString('latin1', 0, 4_096))) {
        upgrades += 1;
        if (refusing > 0) {
          refusing -= 1;
          near.end('HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
          return;
        }
        streams.add(far);
        if (isHeld) far.unpipe(near);
      }
      far.write(data);
    });
    near.on('end', () => far.end());
  });
  await new Promise<void>((resolve) => gate.listen(0, '127.0.0.1', resolve));

  const cut = () => {
    for (const pair of pairs) for (const socket of pair) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${(gate.address() as AddressInfo).port}`,
    /** How often a stream was asked for. */
    upgrades: () => upgrades,
    /** How many streams are open. */
    streams: () => streams.size,
    /** Ends every connection at once, without a word. */
    cut,
    /** Answers so many of the next upgrades with 503. */
    refuseUpgrades(times: number) {
      refusing = times;
    },
    /** Leads to another server from now on. */
    leadTo(another: string) {
      behind = another;
    },
    /** Lets nobody in while it is shut. */
    shut(now: boolean) {
      isShut = now;
      if (now) cut();
    },
    /** Nothing that comes on streams is read on while it is held. */
    hold(now: boolean) {
      isHeld = now;
      for (const [near, far] of pairs) {
        if (!streams.has(far)) continue;
        if (now) far.unpipe(near).pause();
        else far.pipe(near);
      }
    },
    close() {
      cut();
      gate.close();
    },
  };
}

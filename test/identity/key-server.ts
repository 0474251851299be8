import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Socket } from 'node:net';
import { generateKeyPairSync } from 'node:crypto';
import { SignJWT, type JWK } from 'jose';
import type { Clock } from '../../src/domain/ports.ts';
import { reply } from '../desks/receiver.ts';

/** A pair of keys with its name; what is published of it is `jwk`. */
export function keyNamed(kid: string | undefined, alg: 'ES256' | 'RS256' | 'EdDSA' = 'ES256') {
  const { publicKey, privateKey } = {
    ES256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
    RS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
    EdDSA: () => generateKeyPairSync('ed25519'),
  }[alg]();
  const jwk = { ...publicKey.export({ format: 'jwk' }), ...(kid !== undefined && { kid }), use: 'sig', alg };
  let count = 0;
  return {
    jwk,
    publicKey,
    /** A new identity, signed now. */
    sign(clock: Clock, header: object = {}) {
      const now = Math.floor(clock.now() / 1_000);
      count += 1;
      return new SignJWT({ account_id: 'acct_42' })
        .setProtectedHeader({ alg, ...(kid !== undefined && { kid }), ...header })
        .setIssuer('site')
        .setAudience('latchkey')
        .setSubject('usr_7')
        .setJti(`${kid}-${count}`)
        .setIssuedAt(now)
        .setExpirationTime(now + 300)
        .sign(privateKey);
    },
  };
}

/** Publishes keys on this machine, and counts how often it is asked. */
export async function startKeyServer(...keys: JWK[]) {
  const open = new Set<Socket>();
  const server = createServer((_request, response) => {
    keyServer.asked += 1;
    if (keyServer.fault === 'silent') return;
    const body = keyServer.body ?? JSON.stringify({ keys: keyServer.keys });
    const [status, headers] =
      keyServer.fault === 'moved' ? [302, { location: keyServer.url }] : [keyServer.fault === 'down' ? 500 : 200, {}];
    reply(response, status, body, { 'content-type': 'application/json', ...(headers as object) });
  });
  server.on('connection', (socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
  });
  const keyServer = {
    keys,
    asked: 0,
    fault: 'up' as 'up' | 'down' | 'silent' | 'moved',
    /** Answered instead; null: the keys. */
    body: null as string | null,
    url: '',
    close: () => {
      for (const socket of open) socket.destroy();
      server.close();
    },
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  keyServer.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json`;
  return keyServer;
}

import { z } from 'zod';
import type { Config } from '../../config.ts';
import { NotReached, ok, warn, type Check, type CheckNeeds, type CheckResult } from '../../domain/check.ts';
import { mayCarrySecrets } from '../../domain/web-address.ts';
import { probe } from '../../http/probe.ts';

type Addresses = Pick<Config, 'publicUrl' | 'allowedOrigins' | 'trustedProxies'>;

const healthy = z.object({ status: z.literal('ok') });

/** The public address, the sites that may show the chat, and the proxies; those that are not set are notices of the start. */
export function addressChecks({ publicUrl, allowedOrigins, trustedProxies }: Addresses): readonly Check[] {
  return [
    ...(publicUrl === null
      ? []
      : [{ name: 'PUBLIC_URL', run: (needs: CheckNeeds) => checkPublicUrl(publicUrl, needs) }]),
    ...(publicUrl?.startsWith('https:')
      ? [{ name: 'proxies', run: () => Promise.resolve(proxies(trustedProxies)) }]
      : []),
    ...(allowedOrigins.length === 0 ? [] : [{ name: 'origins', run: () => Promise.resolve(origins(allowedOrigins)) }]),
  ];
}

async function checkPublicUrl(publicUrl: string, { fetch }: CheckNeeds): Promise<CheckResult> {
  if (!mayCarrySecrets(new URL(publicUrl)))
    return warn(
      `${publicUrl} is without TLS: whoever is on the way reads along`,
      'put a proxy with TLS before it (docs/proxy.md)',
    );
  try {
    const { status, json } = await probe(fetch, new URL('/health', publicUrl));
    if (healthy.safeParse(json).success) return ok(`${publicUrl} leads to Latchkey`);
    return warn(
      `${publicUrl} answers ${status}, and is not Latchkey now`,
      'start it and look again; then check where the proxy leads (docs/proxy.md)',
    );
  } catch (error) {
    if (error instanceof NotReached)
      return warn(error.message, 'start it and look again, and check the proxy and the name');
    throw error;
  }
}

function proxies(trusted: Addresses['trustedProxies']): CheckResult {
  return trusted.length > 0
    ? ok(`TRUSTED_PROXIES names ${trusted.length}`)
    : warn(
        'TLS is a proxy’s, and TRUSTED_PROXIES names none: limits take all customers for one',
        'set TRUSTED_PROXIES to the address of the proxy (docs/proxy.md)',
      );
}

function origins(allowed: readonly string[]): CheckResult {
  const open = allowed.filter((origin) => !mayCarrySecrets(new URL(origin)));
  return open.length === 0
    ? ok(`${allowed.join(', ')} may show the chat`)
    : warn(`${open.join(', ')} is without TLS: whoever is on the way may change the page`, 'list it with https');
}

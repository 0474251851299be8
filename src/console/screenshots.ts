import { SupportError } from '../domain/errors.ts';
import type { Store } from '../domain/ports.ts';
import type { Route } from '../http/route.ts';
import type { AuthGuard } from './auth-guard.ts';

/** The pictures that customers sent, for whoever may read what they wrote. They may run nothing, and nobody keeps them. */
export function screenshotRoutes({ store, auth }: { store: Pick<Store, 'screenshots'>; auth: AuthGuard }): Route[] {
  const headers = {
    'cache-control': 'private, no-store',
    'content-security-policy': "default-src 'none'; sandbox",
    'cross-origin-resource-policy': 'same-origin',
  };
  return [
    [
      'get',
      '/console/api/screenshots/:id',
      async (call) => {
        await auth.agentOf(call, 'agent', 'operator');
        const found = await store.screenshots.find(call.params.id ?? '');
        if (!found) throw new SupportError('not-found');
        return { status: 200, type: found.type, body: Buffer.from(found.bytes), headers };
      },
    ],
  ];
}

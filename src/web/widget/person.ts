/** Whom an identity is about, read without proof and only to notice another person: `user|account`, or '?'. */
export function personOf(identity: string): string {
  try {
    const part = (identity.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    const claims = JSON.parse(atob(part)) as { sub?: unknown; account_id?: unknown };
    return JSON.stringify([claims.sub, claims.account_id]);
  } catch {
    return '?';
  }
}

/** The denial that an identity came with, as text; null: none. Read without proof, to notice a new one. */
export function denialOf(identity: string | null): string | null {
  const { denial } = identity === null ? {} : claimsOf(identity);
  return denial === undefined ? null : JSON.stringify(denial);
}

/** Whom an identity is about, read without proof and only to notice another person: `user|account`, or '?'. */
export function subjectOf(identity: string): string {
  const { sub, account_id } = claimsOf(identity);
  return sub === undefined ? '?' : JSON.stringify([sub, account_id]);
}

/** The user id that a token of Azure Direct Line holds; empty: none. */
export function azureUserOf(token: string): string {
  const { user } = claimsOf(token);
  return typeof user === 'string' ? user : '';
}

function claimsOf(identity: string): { sub?: unknown; account_id?: unknown; denial?: unknown; user?: unknown } {
  try {
    const part = (identity.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    return JSON.parse(atob(part)) as object;
  } catch {
    return {};
  }
}

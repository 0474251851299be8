/** The system’s word for why nothing answered, such as ECONNREFUSED; what else an error says may hold anything. */
export function whyUnreached(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { code, name } = error as { readonly code?: unknown; readonly name: string };
  if (typeof code === 'string') return code;
  return error.cause instanceof Error ? whyUnreached(error.cause) : name;
}

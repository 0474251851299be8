import type { ApiFailure, TicketDetail } from '../../tickets/console-json.ts';

/** A call that did not work; `status` 0: no answer came. `ticket` is its fresh state where somebody else was faster. */
export class ApiError extends Error {
  readonly status: number;
  readonly ticket: TicketDetail | null;
  constructor(status: number, message: string, ticket: TicketDetail | null = null, cause?: unknown) {
    super(message, { cause });
    this.status = status;
    this.ticket = ticket;
  }
}

const base = '/console/api/';

/** Reads from the console's API. Throws ApiError; whoever is not signed in is sent to sign in. */
export const get = <T>(path: string): Promise<T> => call<T>(path, { method: 'GET' });

/** Does something through the console's API; throws ApiError. */
export const post = <T>(path: string, body: unknown = {}): Promise<T> =>
  call<T>(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

async function call<T>(path: string, init: RequestInit): Promise<T> {
  let response: Response;
  try {
    const address = path.startsWith('/') ? path : base + path;
    response = await fetch(address, { ...init, signal: AbortSignal.timeout(20_000) });
    if (response.ok) return (await response.json()) as T;
  } catch (error) {
    throw new ApiError(0, 'The server did not answer.', null, error);
  }
  if (response.status === 401) return signIn();
  const { error, ticket } = (await response.json().catch(() => ({}))) as Partial<ApiFailure>;
  throw new ApiError(response.status, error?.message ?? 'That did not work.', ticket);
}

/** Ends the agent's session and leaves. */
export async function signOut(): Promise<void> {
  await post('/console/sign-out').catch(() => null);
  location.assign('/console/sign-in');
}

/** Never comes back: the page is left. */
function signIn(): Promise<never> {
  location.assign(`/console/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`);
  return new Promise(() => undefined);
}

/** Why something did not work, as a sentence. */
export const sentenceOf = (error: unknown): string =>
  error instanceof ApiError ? error.message : 'Something went wrong on this page.';

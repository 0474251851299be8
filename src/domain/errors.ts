/** Every code an error of ours can carry, with its sentence for people (a test finds codes that nothing throws). */
export const errorCodes = {
  'account-unreachable': 'The account API did not answer in time or could not be reached.',
  'account-refused': 'The account API refused our key.',
  'account-garbage': 'The account API answered something that is not its contract, or another account.',
  'answer-unknown': 'There is no such answer to judge in this conversation.',
  'body-encoded': 'Send the body without compression.',
  'body-incomplete': 'The body did not arrive to its end.',
  'body-too-deep': 'The body is nested too deeply.',
  'body-too-large': 'The body is too large.',
  'body-wrong-type': 'Send the body as application/json.',
  'channel-refused': 'The channel refused the message.',
  'channel-unavailable': 'The channel did not take the message.',
  'chat-unavailable': 'The chat cannot begin right now. Please try again in a moment.',
  'config-invalid': 'A setting is missing or malformed.',
  'connect-expired': 'This link is older than ten minutes. Press “Claim” again to get a new one.',
  'content-invalid': 'The content folder has errors.',
  'conversation-busy': 'The conversation changed under this turn.',
  'conversation-unknown': 'There is no such conversation for this token.',
  'desk-refused': 'The desk refused the ticket.',
  'desk-unavailable': 'The desk did not take the ticket.',
  'encoder-failed': 'The encoder gave no vectors in time.',
  'feedback-not-stored': 'The feedback could not be stored.',
  'identity-invalid': 'The identity was not accepted. Please sign in again.',
  'identity-replayed': 'The identity was used before. Please sign in again.',
  internal: 'Something went wrong on our side. Please try again in a moment.',
  'link-over':
    'This link is over: it works once, and for three days. Open the help where you are signed in, and the answer is there.',
  'message-invalid': 'The message is not a valid activity.',
  'message-too-long': 'A message can have at most 4,000 characters.',
  'not-allowed': 'Your role does not allow this.',
  'not-found': 'There is nothing at this address.',
  'not-signed-in': 'Sign in first.',
  'origin-refused': 'Another site may not do this.',
  'reply-unfilled': 'Fill in what stands in {{ }} before you send it.',
  'sign-in-failed': 'You could not be signed in. Please try again.',
  'sign-in-unavailable': 'The sign-in service cannot be reached. Please try again in a moment.',
  'signature-invalid': 'The signature is missing, too old or wrong.',
  starting: 'The server is starting. Please try again in a moment.',
  'store-unavailable':
    'Nothing can be stored right now: what you sent was not taken. Please send it again in a moment.',
  stopping: 'The server is stopping. Please try again in a moment.',
  'ticket-changed': 'Somebody else was faster: the ticket is not as you saw it any more.',
  'token-expired': 'The token has expired.',
  'token-invalid': 'The token is missing or not valid.',
  'too-many-requests': 'Too many requests. Please wait a moment.',
  'json-invalid': 'The body is not valid JSON.',
} as const;

/** One of the codes above. */
export type ErrorCode = keyof typeof errorCodes;

interface ErrorOptions {
  readonly cause?: unknown;
  readonly detail?: string;
  readonly retryAfterMs?: number | null;
}

/** An error with a code for machines, a sentence for people, and its cause kept for operators. */
export class SupportError extends Error {
  readonly code: ErrorCode;
  /** How long the far end asks to be left alone; null: it did not say. */
  readonly retryAfterMs: number | null;

  constructor(code: ErrorCode, options: ErrorOptions = {}) {
    super(options.detail ?? errorCodes[code], { cause: options.cause });
    this.name = 'SupportError';
    this.code = code;
    this.retryAfterMs = options.retryAfterMs ?? null;
  }
}

/** How long the far end asks to be left alone, in milliseconds; null: it did not say, or the error is not ours. */
export function retryAfterIn(error: unknown): number | null {
  return error instanceof SupportError ? error.retryAfterMs : null;
}

/** The code of an error of ours; `internal` for everything else. */
export function codeOf(error: unknown): ErrorCode {
  return error instanceof SupportError ? error.code : 'internal';
}

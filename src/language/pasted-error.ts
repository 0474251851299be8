import type { RecognizerResult } from '../domain/recognition.ts';
import { ACCEPT_THRESHOLD, CONFIRM_THRESHOLD } from './rank-intents.ts';

/** What a pasted error says of itself: a hint at the fact to look at first, and never a proof. */
export interface PastedError {
  readonly code: string;
  /** The slug of the cause, where the code names one. */
  readonly cause: string | null;
}

/** Characters that are looked at. Bounds the time. */
const MAX_CHARACTERS = 8_000;

/** The same as docs/crosswalk.json says, which a test holds: RFC 6750, RFC 9457 and OAuth members, codes of AI and payment providers, and Microsoft's sign-in errors. First fits first. */
const codes: readonly (readonly [RegExp, string | null])[] = [
  [/\b(?:insufficient_scope|missing_scope|access_token_scope_insufficient)\b/iu, 'key-lacks-scope'],
  [/\bAADSTS(?:50074|50076|50079|75011)\b/u, 'sign-in-method-required'],
  [/\bAADSTS50053\b/u, 'locked-out'],
  [/\bAADSTS50057\b/u, 'user-deactivated'],
  [/\bAADSTS53003\b/u, 'network-blocked'],
  [/\bAADSTS50105\b/u, 'role-lacks-permission'],
  [/\bAADSTS65001\b/u, 'key-lacks-scope'],
  [/\bAADSTS50196\b/u, 'rate-limited'],
  [/\bAADSTS(?:50020|50034|50058|50089|50133|50173|70008|70043|90002|700082)\b/u, 'not-identified'],
  [/\bAADSTS\d{4,7}\b/u, null],
  [/\b(?:invalid_token|token_expired|expired_token|invalid_grant|invalid_api_key)\b/iu, 'not-identified'],
  [/\b(?:insufficient_quota|quota_exceeded|usage_limit_reached|monthly_limit_reached)\b/iu, 'monthly-limit'],
  [/\b(?:rate_limit_exceeded|rate_limited|too_many_requests|resource_exhausted)\b/iu, 'rate-limited'],
  [/\b(?:payment_required|billing_not_active|subscription_inactive|subscription_expired)\b/iu, 'payment-lapsed'],
  [/\b(?:account_suspended|account_disabled|account_deactivated)\b/iu, 'account-suspended'],
  [/\b(?:insufficient_permissions?|permission_denied|insufficient_privileges)\b/iu, 'role-lacks-permission'],
  [/\b(?:access_denied|request_forbidden|authorization_failed)\b/iu, null],
];
/** The status of a problem, as JSON. */
const STATUS = /["'](?:status|statusCode|code|http_status)["']\s{0,4}:\s{0,4}["']?(401|402|403|429)\b/u;

/** The error in a text that was pasted from a machine, if there is one. */
export function findPastedError(text: string): PastedError | null {
  const read = text.slice(0, MAX_CHARACTERS);
  for (const [pattern, cause] of codes) {
    const code = pattern.exec(read)?.[0];
    if (code !== undefined) return { code, cause };
  }
  const status = STATUS.exec(read)?.[1];
  return status === undefined ? null : { code: status, cause: null };
}

/** Not certain: the account, or one question, tells whether it is a complaint. */
const HINTED = (CONFIRM_THRESHOLD + ACCEPT_THRESHOLD) / 2;

/** `heard` with what its pasted error hints at: that it is a complaint at all, the likely cause, the code. */
export function withPastedError(heard: RecognizerResult): RecognizerResult {
  const error = findPastedError(heard.text);
  if (!error) return heard;
  const entities = { ...heard.entities, errorCode: heard.entities.errorCode ?? error.code };
  if (heard.intent === 'access-denied') return { ...heard, subIntent: error.cause ?? heard.subIntent, entities };
  if (heard.intent !== null) return { ...heard, entities };
  return { ...heard, intent: 'access-denied', subIntent: error.cause ?? 'unclear', confidence: HINTED, entities };
}

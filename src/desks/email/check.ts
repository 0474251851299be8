import type { CheckResult } from '../../domain/check.ts';
import { checkMailServer } from '../../mail/check.ts';
import type { EmailSettings } from './settings.ts';

/** Connects to the mail server and signs in, without a mail. */
export function checkEmail(settings: EmailSettings): Promise<CheckResult> {
  return checkMailServer(settings, 'SMTP_URL (docs/email.md)');
}

import type { Check } from '../../domain/check.ts';
import { checkMailServer } from '../../mail/check.ts';
import type { ReplyMailSettings } from './settings.ts';

/** Whether answers to customers who left can go out, without a mail. */
export function checkReplyMail(settings: ReplyMailSettings): Check {
  return { name: 'reply mail', run: () => checkMailServer(settings, 'REPLY_SMTP_URL (docs/answers.md)') };
}

import type { FarEndKind, Standing } from '../../domain/operations.ts';
import { channelName, deskName } from './labels.ts';

/** The parts of the page in their order, and what each says where there is nothing of the kind. */
export const kinds: readonly (readonly [kind: FarEndKind, title: string, none: string])[] = [
  ['source', 'Sources of account facts', 'None is connected: no cause can be proved.'],
  ['desk', 'Desk', ''],
  ['channel', 'Channels', 'Customers write in the chat on your site alone.'],
  ['store', 'Store', ''],
];

const sources: ReadonlyMap<string, string> = new Map([
  ['account-api', 'Account API'],
  ['stripe', 'Stripe'],
  ['status-page', 'Status page'],
]);

/** What something is called by operators. */
export function nameOf({ kind, name }: Standing): string {
  if (kind === 'source') return sources.get(name) ?? name;
  if (kind === 'channel') return channelName(name);
  return kind === 'desk' ? capital(deskName(name)) : 'Database';
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

const advice: Readonly<Record<string, string>> = {
  'account-unreachable':
    'It does not answer in time. Customers are told what could not be checked. See whether it runs, and ask it from this machine: npm run doctor.',
  'account-refused': 'It refuses our key. Give it a new one, and restart with it.',
  'account-garbage': 'It answers otherwise than agreed. Where, says: npm run account:try.',
  partial: 'It told less than it should. The log has which members, and why.',
  'desk-unavailable':
    'It takes nothing now. Tickets are kept and tried again, none is lost. If it lasts, look at its address and its key: npm run doctor.',
  'desk-refused': 'It refused what was brought to it. The queue below says where to mend that.',
  'channel-unavailable': 'It takes no messages now. They are kept, and sent when it does.',
  'channel-refused':
    'It refused a message, which was left out. The log has why: a token, a permission, or a chat that is gone.',
  'store-unavailable':
    'Nothing can be stored: customers are asked to send again. See whether its disk is full or read-only, or its server is away; it goes on by itself.',
};

/** What to do about something; null: nothing. */
export function adviceOf({ state, why }: Standing): string | null {
  if (state !== 'failing') return null;
  return advice[why ?? ''] ?? 'It failed for a reason of ours: the log has it.';
}

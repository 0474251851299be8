import type { Me } from '../../tickets/console-json.ts';

const desks: ReadonlyMap<string, string> = new Map([
  ['webhook', 'the help desk'],
  ['built-in', 'the console'],
  ['email', 'the mailbox'],
]);

/** A desk as agents call it. */
export const deskName = (desk: string): string =>
  desks.get(desk) ?? desk.charAt(0).toUpperCase() + desk.slice(1).replaceAll('-', ' ');

/** A count that stops at 100. */
export const countOf = (count: number): string => (count > 99 ? '99+' : String(count));

/** A cause by its name. */
export function causeName({ causes }: Me, slug: string): string {
  if (slug === 'none') return 'none of the known causes';
  return causes.find((cause) => cause.slug === slug)?.name ?? slug.replaceAll('-', ' ');
}

const channels: ReadonlyMap<string, string> = new Map([
  ['direct-line', 'Web chat'],
  ['webchat', 'Web chat'],
  ['teams', 'Teams'],
  ['msteams', 'Teams'],
  ['slack', 'Slack'],
  ['local', 'Emulator'],
]);

/** A channel as agents call it. */
export const channelName = (channel: string): string => channels.get(channel) ?? channel;

const languages = new Intl.DisplayNames('en', { type: 'language' });

/** A language by its English name; what is none, as it is. */
export function languageName(code: string): string {
  try {
    return languages.of(code) ?? code;
  } catch {
    return code;
  }
}

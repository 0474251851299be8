import type { RetentionDays } from './privacy.ts';
import { optional, type SettingsReader } from './settings.ts';

const days = (name: string) =>
  optional(name, 'a number of days from 1 to 36500, such as 90', (text) => {
    const number = Number(text);
    return Number.isInteger(number) && number >= 1 && number <= 36_500 ? number : null;
  });
const conversations = days('RETAIN_DAYS');
const tickets = days('RETAIN_TICKET_DAYS');
const screenshots = days('SCREENSHOTS_DAYS');
const demoScreenshotDays = 30;

/** Reads for how long things are kept. The demo takes screenshots, whatever is set. */
export function readRetention(settings: SettingsReader, demo: boolean): RetentionDays {
  return {
    conversations: conversations.read(settings) ?? null,
    tickets: tickets.read(settings) ?? null,
    screenshots: screenshots.read(settings) ?? (demo ? demoScreenshotDays : null),
  };
}

/** Whoever sets the one may think that it is all; null: they do not. */
export function ticketsKept(settings: SettingsReader): string | null {
  if (!settings.isSet('RETAIN_DAYS') || settings.isSet('RETAIN_TICKET_DAYS')) return null;
  return 'RETAIN_DAYS is set and RETAIN_TICKET_DAYS is not: tickets are kept for ever, and the conversations that they are of';
}

/** A moment: milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;

/** An instant as an ISO 8601 text in UTC. */
export function iso(at: Instant): string {
  return new Date(at).toISOString();
}

/** Times are told to the minute: rounded up, so that nobody tries too early. */
export function upToMinute(instant: Instant): Instant {
  return Math.ceil(instant / 60_000) * 60_000;
}

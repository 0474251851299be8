/** A moment: milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;

/** An instant as an ISO 8601 text in UTC. */
export function iso(at: Instant): string {
  return new Date(at).toISOString();
}

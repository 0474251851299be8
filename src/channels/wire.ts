/** A JSON object as it goes over a channel's wire. */
export type Wire = Readonly<Record<string, unknown>>;

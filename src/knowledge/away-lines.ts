/** The lines of mails to customers who left before a person answered. */
export const awayLines = {
  'mail-subject': ['person'],
  'mail-hello': ['name'],
  'mail-hello-nobody': [],
  'mail-intro': ['person'],
  'mail-open': [],
  'mail-once': [],
  'mail-why': [],
  'mail-typed-subject': [],
  'mail-typed': [],
} as const satisfies Record<string, readonly string[]>;

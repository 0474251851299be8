const busy: readonly number[] = [5, 6];
/** What SQLite's result codes and the system's mean for whoever runs this. */
const reasons: readonly (readonly [why: string, sqlite: readonly number[], system: readonly string[]])[] = [
  ['another program holds its database', busy, []],
  ['it is read-only', [8], ['EROFS']],
  ['this user may not write there', [3, 23], ['EACCES', 'EPERM']],
  ['the disk is full', [13], ['ENOSPC', 'EDQUOT']],
  ['the disk fails', [10], ['EIO']],
  ['its database is damaged, or not one of ours: put a copy in its place', [11, 26], []],
  ['it cannot be opened', [14], ['EISDIR', 'ENOTDIR', 'EEXIST', 'ENOENT', 'EMFILE', 'ENFILE']],
];

/** Why files or a database cannot be used, in words for operators; null: neither the error nor its cause tells of them. */
export function whyUnusable(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const { code } = error as { readonly code?: unknown };
  const result = resultOf(error);
  const found = reasons.find(([, sqlite, system]) =>
    result === null ? system.includes(String(code)) : sqlite.includes(result),
  );
  return found?.[0] ?? whyUnusable(error.cause);
}

/** Whether another program holds the database. */
export function isBusy(error: unknown): boolean {
  return busy.includes(resultOf(error) ?? 0);
}

/** SQLite's result code; null: the error is not SQLite's. What stands above its lowest byte tells how it came about. */
function resultOf(error: unknown): number | null {
  const { errcode } = Object(error) as { readonly errcode?: unknown };
  return typeof errcode === 'number' ? errcode & 0xff : null;
}

/** What SQLite's result codes and the system's mean for whoever runs this. */
const reasons: readonly (readonly [why: string, sqlite: readonly number[], system: readonly string[]])[] = [
  ['another program holds its database', [5, 6], []],
  ['it is read-only', [8], ['EROFS']],
  ['this user may not write there', [3, 23], ['EACCES', 'EPERM']],
  ['the disk is full', [13], ['ENOSPC', 'EDQUOT']],
  ['the disk fails', [10], ['EIO']],
  ['its database is damaged, or not one of ours: put a copy in its place', [11, 26], []],
  ['it cannot be opened', [14], ['EISDIR', 'ENOTDIR', 'EEXIST', 'ENOENT', 'EMFILE', 'ENFILE']],
];

/** Why files or a database cannot be used, in words for operators; null: the error tells of neither. */
export function whyUnusable(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const { code, errcode } = error as { readonly code?: unknown; readonly errcode?: unknown };
  const found = reasons.find(([, sqlite, system]) =>
    // What stands above the lowest byte tells which way it came about.
    typeof errcode === 'number' ? sqlite.includes(errcode & 0xff) : system.includes(String(code)),
  );
  return found?.[0] ?? null;
}

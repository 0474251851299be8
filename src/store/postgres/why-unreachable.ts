const gone = 'it cannot be reached';
const restarting = 'it is starting, stopping or restarting';
const takesNoMore = 'it takes no more connections: set DATABASE_POOL lower, or its max_connections higher';

/** What the beginnings of SQLSTATEs (postgresql.org/docs/18/errcodes-appendix.html) and the system's codes mean for whoever runs this. */
const reasons: readonly (readonly [why: string, codes: readonly string[]])[] = [
  [gone, ['ECONN', 'ENOTFOUND', 'EAI_', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'EPIPE', '08']],
  [restarting, ['57P']],
  [takesNoMore, ['53300']],
  ['its disk is full', ['53100']],
  ['it is out of memory', ['53']],
  ['it is read-only: another server may be taking over', ['25006']],
  ['it refuses the user or the password', ['28']],
  ['there is no database of this name', ['3D000']],
  ['its user lacks a right', ['42501']],
  ['it does not answer in time', ['57014', '55P03', '25P03']],
  ['it is damaged', ['XX001', 'XX002', '58']],
  ['its certificate is not trusted', ['SELF_SIGNED', 'DEPTH_ZERO', 'UNABLE_TO_', 'CERT_', 'ERR_TLS']],
];

/** Why PostgreSQL cannot be used, in words for operators; null: the error does not tell of that. */
export function whyUnreachable(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const { code } = error as { readonly code?: unknown };
  if (typeof code !== 'string') return told(error) ?? whyUnreachable(error.cause);
  const found = reasons.find(([, codes]) => codes.some((one) => code.startsWith(one)));
  return found?.[0] ?? whyUnreachable(error.cause);
}

/** The driver's own errors have no code. */
function told({ message }: Error): string | null {
  if (message.includes('does not support SSL')) return 'it takes no encrypted connections';
  if (/timeout/i.test(message)) return 'it does not answer in time';
  return /connection|client was closed/i.test(message) ? gone : null;
}

/** Why there is no connection for one more, and what is to be done, while those that there are may well store; null: it is not that. */
export function whyNoMore(error: unknown): string | null {
  if (codeOf(error) === '53300') return `a connection was refused: ${takesNoMore}`;
  // The pool’s own.
  if (!(error instanceof Error) || error.message !== 'timeout exceeded when trying to connect') return null;
  return 'all connections were in use for too long: set DATABASE_POOL higher, or see what takes PostgreSQL so long';
}

/** A connection that was there is gone: whether PostgreSQL is, the next one tells. */
export function isLost(error: unknown): boolean {
  return [gone, restarting].includes(whyUnreachable(error) ?? '');
}

/** One statement took too long, was held up or was ended: others may well be stored. */
export function isOfOneStatement(error: unknown): boolean {
  return ['57014', '55P03', '25P03'].includes(codeOf(error));
}

/** Another process was faster: the same again may well succeed. */
export function isConflict(error: unknown): boolean {
  return ['40001', '40P01', '23505'].includes(codeOf(error));
}

/** A transaction failed before this statement, which tells nothing. */
export function isAftermath(error: unknown): boolean {
  return codeOf(error) === '25P02';
}

function codeOf(error: unknown): string {
  const { code } = Object(error) as { readonly code?: unknown };
  return typeof code === 'string' ? code : '';
}

import type { Fixer } from '../domain/content.ts';
import type { Finding, Verdict } from '../domain/verdict.ts';
import { andList, utcOnce } from './in-words.ts';
import { chosen, createTeller, type ForReader, type Reader, type Teller } from './teller.ts';
import { changeInWords, makerOf, remedyInWords, wayOutInWords } from './way-out-words.ts';

/** A verdict as a text. */
export interface VerdictWords {
  /** What is wrong, which fact says so, since when it is known, who fixes it; and what else was found. */
  verdict(verdict: Verdict): string;
  /** What blocks some features and not others, where none was named. Null: nothing does. */
  possible(verdict: Verdict): string | null;
  /**
   * The fewest changes that open the door, in a sentence: for customers where more than one thing blocks, for agents wherever
   * one does. Null: there is nothing to say.
   */
  wayOut(verdict: Verdict): string | null;
}

/** So many things that could not be checked are named; agents see all of them on the ticket. */
const mostUnread = 4;

/** The texts of verdicts for one reader and time zone. */
export function createVerdictWords(to: ForReader, reader: Reader): VerdictWords {
  const teller = createTeller(to, reader, true);
  // The message goes to somebody else, whose time zone is not known.
  const sent = createTeller({ ...to, zone: undefined }, 'sent-on');
  const words: VerdictWords = {
    verdict(verdict) {
      const { primary } = verdict;
      const parts = primary ? tellLead(primary, verdict, teller, sent) : tellNone(verdict, teller);
      return utcOnce(parts.filter(Boolean).join('\n\n'));
    },
    possible: (verdict) => textOf(having(verdict, 'possible'), verdict, teller) || null,
    wayOut: (verdict) => wayOutInWords(verdict, teller, reader),
  };
  return {
    ...words,
    possible: (verdict) => once(words.possible(verdict)),
    wayOut: (verdict) => once(words.wayOut(verdict)),
  };
}

function once(text: string | null): string | null {
  return text === null ? null : utcOnce(text);
}

type Part = string | null | undefined | false;

function tellLead(lead: Finding, verdict: Verdict, teller: Teller, sent: Teller): Part[] {
  const { page, proof, put, line, common } = teller;
  const others = having(verdict, 'proved').filter((one) => one !== lead);
  const warnings = verdict.findings.filter((one) => isWarning(one, teller));
  const told = { ...common(verdict), ...lead.facts };
  const facts = { ...told, proof: proof(lead, verdict), checked: checksOf(verdict, 'ruled-out', teller) };
  const waiting = chosen(page(lead).waiting, lead);
  const { body, alone } = page(lead);
  return [
    put(others.length === 0 && alone !== null ? `${body} ${alone}` : body, facts),
    others.length > 0 && line('also-found', { findings: textOf(others, verdict, teller) }),
    readAt([lead, ...others, ...warnings], teller),
    warnings.length > 0 && line('warning', { warnings: textOf(warnings, verdict, teller) }),
    ...(others.length > 0
      ? [wayOutInWords(verdict, teller, 'customer')]
      : [waiting && put(waiting, told), orAtOnce(verdict, teller)]),
    ...tellFixers(lead, verdict, others.length > 0, teller, sent),
  ];
}

/** Nothing is proved: what is possible, what was not read, or that nothing blocks all of the account. */
function tellNone(verdict: Verdict, teller: Teller): Part[] {
  const { line, put, page, common } = teller;
  const possible = having(verdict, 'possible');
  const [unread] = having(verdict, 'unknown');
  const warnings = verdict.findings.filter((one) => isWarning(one, teller));
  const facts = {
    ...common(verdict),
    checked: checksOf(verdict, 'ruled-out', teller),
    unread: checksOf(verdict, 'unknown', teller, mostUnread) || line('your-account'),
  };
  if (having(verdict, 'unknown').some(isUnconfirmed)) return [line('not-confirmed', facts)];
  const told = textOf(possible, verdict, teller);
  const nothing = line('nothing-for-all', facts);
  return [
    ...(told ? [told, unread && line('unread-too', facts)] : [unread ? put(page(null).body, facts) : nothing]),
    possible.length > 0 || !unread
      ? readAt(possible.length > 0 ? possible : verdict.findings.slice(-1), teller)
      : line('tried-at', { readAt: { at: unread.readAt } }),
    warnings.length > 0 && line('warning', { warnings: textOf(warnings, verdict, teller) }),
  ];
}

/** Nothing of an account was looked at: who it is was told, but not proved. */
function isUnconfirmed({ cause, source }: Finding): boolean {
  return cause === 'not-identified' && source === 'identity';
}

/** Beside waiting: what helps without it. */
function orAtOnce({ wayOut = [] }: Verdict, teller: Teller): Part {
  const [first] = wayOut;
  return first?.or && teller.line('way-at-once', { change: changeInWords(first.change, teller) });
}

/** When what is told was read, once for each source: the earliest time counts. */
function readAt(findings: readonly Finding[], { line }: Teller): string {
  const times = new Map<Finding['source'], number>();
  for (const { source, readAt: at } of findings) times.set(source, Math.min(at, times.get(source) ?? at));
  const sources = [...times].map(([source, at]) =>
    line('read-source', { source: line(`source-${source}`), readAt: { at } }),
  );
  return line('read-from', { sources: andList(sources) });
}

/** Who can fix it, and a message where that is somebody else. */
function tellFixers(lead: Finding, verdict: Verdict, isMore: boolean, teller: Teller, sent: Teller): Part[] {
  const { line } = teller;
  const own = teller.fixer(lead);
  const makers = isMore ? (verdict.wayOut ?? []).map(({ change }) => makerOf(change)) : [];
  const all = makers.length > 0 ? [...new Set(makers)] : [own];
  const role = verdict.role ?? null;
  const fixers = andList(all.map((one) => fixerInWords(one, role, teller)));
  const to = [own, ...all].find((one) => all.includes(one) && !isOwnHand(one) && !isSelf(one, role));
  const message = to && (makers.length > 0 ? askFor(to, verdict, sent) : askFix(lead, verdict, sent));
  if (!message) return [line('fixed-by', { fixers })];
  const reader = fixerInWords(to, role, teller);
  const key = all.length > 1 ? 'fixed-by-several' : maybeSelf(to, role) ? 'fixed-by-unless-you' : 'fixed-by-send';
  return [line(key, { fixers, reader }), `> ${message}`];
}

/** Where one thing blocks: what its page asks of whoever can fix it. */
function askFix(lead: Finding, verdict: Verdict, sent: Teller): string | undefined {
  const message = chosen(sent.page(lead).sendOn, lead);
  return message && sent.put(message, { ...sent.common(verdict), ...lead.facts });
}

/** Where several things block: all that this one can change, for what one cause asks for may be of no use against another. */
function askFor(to: Fixer, verdict: Verdict, sent: Teller): string {
  const theirs = (verdict.wayOut ?? []).filter(({ change }) => makerOf(change) === to);
  const changes = andList(theirs.map((one) => remedyInWords(one, sent)));
  return sent.line('send-on-changes', { ...sent.common(verdict), changes });
}

/** Nobody sends a message to themselves, and we read it here. */
function isOwnHand(fixer: Fixer): boolean {
  return fixer === 'you' || fixer === 'us';
}

/** Whoever that is: not a role in the customer's account. */
function isSomebodyUnknown(fixer: Fixer): boolean {
  return fixer === 'object-owner' || fixer === 'key-owner';
}

function fixerInWords(fixer: Fixer, role: string | null, { line }: Teller): string {
  const name = line(`fixer-${fixer}`);
  if (isOwnHand(fixer) || isSomebodyUnknown(fixer)) return name;
  return line(isSelf(fixer, role) ? 'fixer-yourself' : 'fixer-yours', { fixer: name });
}

/** Roles that can do what a fixer can, in the account API's words. */
const rolesOf: Readonly<Partial<Record<Fixer, RegExp>>> = {
  'workspace-admin': /^(?:workspace[-_ ])?(?:admin|owner)$/i,
  'billing-owner': /^(?:(?:billing|account)[-_ ]?)?owner$|^billing(?:[-_ ]admin)?$/i,
};

function isSelf(fixer: Fixer, role: string | null): boolean {
  return role !== null && Boolean(rolesOf[fixer]?.test(role));
}

/** Whether it may be the customer: the role is not known, or is an admin's, which does not tell who pays. */
function maybeSelf(fixer: Fixer, role: string | null): boolean {
  if (fixer === 'key-owner') return true;
  if (!rolesOf[fixer]) return false;
  return role === null || (fixer === 'billing-owner' && isSelf('workspace-admin', role));
}

function isWarning(finding: Finding, { page }: Teller): boolean {
  return finding.status === 'ruled-out' && page(finding).warns.includes(finding.variant);
}

function having({ findings }: Verdict, status: Finding['status']): readonly Finding[] {
  return findings.filter((one) => one.status === status);
}

function textOf(findings: readonly Finding[], verdict: Verdict, { proof }: Teller): string {
  return findings.map((one) => proof(one, verdict)).join(' ');
}

/** What was checked, or could not be, as a list in a sentence. */
function checksOf(verdict: Verdict, is: Finding['status'], { page, line }: Teller, most = Infinity): string {
  const checks = having(verdict, is).flatMap((one) => page(one).checks ?? []);
  if (checks.length <= most) return andList(checks);
  return line('and-more', { first: checks.slice(0, most).join(', '), count: checks.length - most });
}

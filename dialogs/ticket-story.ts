import type { Ticket, TicketVerdict } from '../src/domain/ticket.ts';
import { actionNames } from '../src/knowledge/reply-lines.ts';
import type { Words } from '../src/knowledge/wording.ts';
import { isUnlinked } from './account-linking.ts';
import type { Happened, Memory } from './memory.ts';
import type { Turn } from './turn.ts';

/** Who cannot do what, and why, in a sentence. */
export function headlineOf(turn: Turn, { class: kind, summary, name }: TicketVerdict, words: Words): string {
  const { memory, subject } = turn;
  const { topic, complaint } = memory;
  const who = subject ? (subject.name ?? subject.email ?? subject.userId) : words.line('ticket-nobody');
  const feature = complaint?.feature ?? memory.verdict?.feature ?? null;
  const about = { who, feature: { feature } };
  const isBlocked = kind === 'proved' || kind === 'possible';
  if (complaint?.otherPerson && !isBlocked)
    return words.line('ticket-other-person', { ...about, person: complaint.otherPerson });
  if (isBlocked) return blockedLine(about, feature, summary, words);
  if (topic !== null) return words.line('ticket-topic', { who, topic: words.topic(topic).name });
  if (kind === 'nothing-blocks') return words.line(feature === null ? 'ticket-locked-out-open' : 'ticket-open', about);
  if (kind === 'could-not-check')
    return words.line(feature === null ? 'ticket-locked-out-unchecked' : 'ticket-unchecked', about);
  return complaint ? blockedLine(about, feature, name, words) : words.line('ticket-asked', { who });
}

function blockedLine(
  about: { who: string; feature: { feature: string | null } },
  feature: string | null,
  why: string,
  words: Words,
): string {
  return words.line(feature === null ? 'ticket-locked-out' : 'ticket-blocked', { ...about, why });
}

/** What the customer may read of it: nothing of what was found. */
export function customerSubject({ topic, complaint }: Memory, words: Words): string {
  if (topic !== null) return words.topic(topic).name;
  const feature = complaint?.feature ?? null;
  return feature === null ? words.line('subject-plain') : words.line('subject-feature', { feature: { feature } });
}

/** What an agent should do next, who can fix it, and what to mind before that, as this talk went. */
export function nextStepOf(turn: Turn, words: Words): Ticket['nextStep'] {
  const caution = cautionOf(turn, words);
  return { ...proposalOf(turn, words), ...(caution !== '' && { caution }) };
}

function proposalOf(turn: Turn, words: Words): Ticket['nextStep'] {
  const { topic, verdict } = turn.memory;
  if (topic !== null) return { proposal: words.topic(topic).agentNext, who: 'us' };
  if (!verdict) return { proposal: words.line(isUnlinked(turn) ? 'not-linked-next' : 'not-diagnosed-next'), who: 'us' };
  const lead = verdict.primary ?? verdict.findings.find(({ status }) => status === 'possible') ?? null;
  const who = words.fixer(lead);
  const changes = words.wayOut(verdict);
  // What one cause asks for may be of no use against another.
  const { wayOut = [] } = verdict;
  // Whoever signs in elsewhere leaves all of it behind: there the page says what to mind.
  const isElsewhere = wayOut.length === 1 && wayOut[0]?.change.kind === 'other-sign-in';
  if (wayOut.flatMap(({ removes }) => removes).length > 1 && !isElsewhere && changes !== null)
    return { proposal: words.line(wayOut.length > 1 ? 'next-several' : 'next-one', { changes }), who };
  return { proposal: words.agentNext(lead), who };
}

/** What not to do again, and what to find out first. */
function cautionOf(turn: Turn, words: Words): string {
  const { memory, subject } = turn;
  const last = memory.contradictions.at(-1);
  const lines = [
    !subject &&
      memory.verdict?.primary?.cause !== 'not-identified' &&
      words.line(turn.isUnconfirmed ? 'next-unconfirmed' : 'next-unverified'),
    last && words.line('next-contradiction', { said: last.said }),
    ...(memory.topic === null ? toldBefore(memory, words) : []),
  ];
  return lines.filter(Boolean).join(' ');
}

function toldBefore({ happened, feedback, verdict }: Memory, words: Words): string[] {
  if (!verdict?.primary || feedback?.answered !== false) return [];
  if (feedback.reason === 'why-wrong-cause') return [words.line('next-disputed')];
  const told = happened.filter(({ what }) => what === 'told' || what === 'same').length;
  const times = timesInWords(Math.max(1, told), words);
  const said = reasonInWords(feedback.reason, words);
  return [said === null ? words.line('next-told', { times }) : words.line('next-told-said', { times, said })];
}

function timesInWords(count: number, words: Words): string {
  if (count > 2) return words.line('times-more', { count });
  return words.line(count === 1 ? 'times-1' : 'times-2');
}

/** A reason that was tapped, as the button said it; one that was typed, as it is. */
export function reasonInWords(reason: string | null, words: Words): string | null {
  const tapped = actionNames.find((name) => name === reason);
  return tapped ? words.action(tapped).label : reason;
}

/** What was told and observed, in its order. */
export function happenedIn({ happened, complaint, read }: Memory, words: Words): NonNullable<Ticket['happened']> {
  const before = read.map(({ article, at }) => {
    const text = words.articleTitle(article) ?? article;
    return { at, text: words.line('happened-read', { text }) };
  });
  // The complaint stands on the ticket already.
  const told = happened.filter(({ text }) => text === undefined || text !== complaint?.words);
  return [...before, ...told.map((one) => ({ at: one.at, text: happenedInWords(one, words) }))];
}

function happenedInWords({ what, cause, text = '' }: Happened, words: Words): string {
  if (what === 'told') return words.line('happened-told', { cause: words.causeName(cause ?? '') });
  if (what === 'person') return words.line(text === '' ? 'happened-person' : 'happened-asked', { text });
  if (what === 'no' && text !== '') return words.line('happened-no-because', { text });
  if (what === 'wrote' || what === 'said') return words.line(`happened-${what}`, { text });
  return words.line(`happened-${what}`);
}

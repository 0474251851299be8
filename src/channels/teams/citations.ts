import { ellipsize } from '../../domain/truncate.ts';
import type { Reply, TellableFinding } from '../../domain/reply.ts';
import type { BlockNode } from '../../markdown/ast.ts';
import { leadOf } from '../../markdown/lead.ts';
import { plainTextOf } from '../../markdown/plain-text.ts';
import { safeAddress } from '../../markdown/safe-address.ts';
import type { ChannelWords } from '../channel-words.ts';
import type { Wire } from '../wire.ts';
import { fits } from './split-message.ts';

/** What Teams takes: citations of a message, and characters; more is refused, with the message. */
const most = { citations: 20, name: 80, abstract: 160 };

/** What a message rests on. */
export interface Citation {
  readonly name: string;
  readonly abstract: string;
  /** Null: it stands on no page. */
  readonly url: string | null;
}

/** A message with `[1]` behind its words and what that is; only messages have it, for Teams draws none in a card. */
export function citing(message: Wire, citations: readonly Citation[]): Wire {
  const shown = citations.filter(({ name }) => name.trim() !== '').slice(0, most.citations);
  if (shown.length === 0) return message;
  const cited = { ...message, text: `${String(message.text)} ${marksOf(shown.keys())}`, ...entitiesOf(shown) };
  return fits(cited) ? cited : message;
}

/** The facts that a verdict tells, by where they were read; null: it tells none. */
export function sourcesOf({ kind, ...reply }: Reply, { line }: ChannelWords): Wire | null {
  const findings =
    kind === 'verdict' && 'findings' in reply ? reply.findings.filter(isTold).slice(0, most.citations) : [];
  if (findings.length === 0) return null;
  const nameOf = ({ source }: TellableFinding) => line(`source-${source}`);
  const names = [...new Set(findings.map(nameOf))];
  const list = (marks: (name: string) => string) => line('channel-sources', { sources: names.map(marks).join(', ') });
  const numbers = (name: string) => findings.flatMap((one, i) => (nameOf(one) === name ? [i] : []));
  const citations = findings.map((one) => ({ name: nameOf(one), abstract: one.fact, url: null }));
  return {
    ...{ type: 'message', textFormat: 'markdown', summary: list((name) => name) },
    ...{ text: list((name) => `${name} ${marksOf(numbers(name))}`), ...entitiesOf(citations) },
  };
}

/** The articles that words link to. Where it is one, its title leads them. */
export function articlesIn(blocks: readonly BlockNode[]): readonly Citation[] {
  const found = new Map<string, string>();
  for (const { text, href } of blocks.flatMap((one) => (one.type === 'quote' ? [] : one.inlines))) {
    const url = href === undefined ? null : safeAddress(href);
    if (url !== null && /^https?:\/\/[^?#]{1,400}\/articles\/[\w-]{1,100}$/.test(url))
      found.set(url, found.get(url) ?? text);
  }
  const lead = found.size === 1 ? leadOf(blocks[0]) : null;
  const abstract = lead ? plainTextOf([lead.rest]).replace(/^[–—-] /, '') : '';
  return [...found].map(([url, text]) => ({ name: lead?.heading ?? text, abstract, url }));
}

function isTold({ status, fact }: TellableFinding): boolean {
  return (status === 'proved' || status === 'possible') && fact !== '';
}

function marksOf(indexes: Iterable<number>): string {
  return [...indexes].map((index) => `[${index + 1}]`).join(' ');
}

/** One root entity, for Teams refuses two. */
function entitiesOf(citations: readonly Citation[]): Wire {
  const citation = citations.map(({ name, abstract, url }, i) => ({
    '@type': 'Claim',
    position: i + 1,
    appearance: {
      '@type': 'DigitalDocument',
      name: ellipsize(name.trim(), most.name),
      ...(abstract.trim() !== '' && { abstract: ellipsize(abstract.trim(), most.abstract) }),
      ...(url !== null && { url }),
    },
  }));
  const root = { type: 'https://schema.org/Message', '@type': 'Message', '@context': 'https://schema.org', '@id': '' };
  return { entities: [{ ...root, citation }] };
}

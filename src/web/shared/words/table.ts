import type { TellableFinding } from '../../../domain/reply.ts';
import type { FindingStatus } from '../../../domain/verdict.ts';

/** A sentence for each form of a language's numbers. */
export type Counted = Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & { readonly other: string };

/** What findings amount to together. */
export type Amount = 'proved' | 'possible' | 'unknown' | 'nothing';
/** How a finding of its own is told. */
export type Told = Exclude<FindingStatus, 'needs-feature'>;

/** What stands around messages, wherever they are shown. `{facts}` are filled in. */
export interface MessageWords {
  readonly you: string;
  readonly person: string;
  readonly sending: string;
  readonly notSent: string;
  readonly tryAgain: string;
  readonly copy: string;
  readonly copyMessage: string;
  readonly copied: string;
  readonly selected: string;
  readonly article: string;
  readonly screenshot: string;
  readonly ticket: string;
  readonly checked: string;
  readonly unchecked: string;
  readonly read: string;
  readonly told: Readonly<Record<Told, string>>;
  readonly amounts: Readonly<Record<Amount, string>>;
  readonly sources: Readonly<Record<TellableFinding['source'], string>>;
}

/** What the chat says by itself; what it is about is in the language of the talk. */
export interface Words extends MessageWords {
  /** Its two letters. */
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  readonly bot: string;
  readonly close: string;
  readonly menu: string;
  readonly anew: string;
  readonly save: string;
  readonly print: string;
  readonly conversation: string;
  readonly messages: string;
  readonly typing: string;
  readonly answers: string;
  readonly compose: string;
  readonly field: string;
  readonly placeholder: string;
  readonly send: string;
  readonly left: Counted;
  readonly tooMany: Counted;
  readonly noFiles: string;
  readonly attach: string;
  readonly removeFile: string;
  readonly onlyScreenshots: string;
  readonly reconnecting: string;
  readonly ended: string;
  readonly begun: string;
  readonly cannotStart: string;
  readonly new: string;
  readonly below: string;
  readonly step: string;
  readonly waits: string;
  readonly past: string;
  readonly loading: string;
  readonly pastFailed: string;
  readonly none: string;
  readonly older: string;
  readonly answered: string;
  readonly nothingSaid: string;
  readonly personAnswered: string;
  readonly openTalk: string;
  readonly cannotOpen: string;
  readonly newTalk: string;
  readonly unread: Counted;
}

/** A sentence with its facts. */
export function fill(sentence: string, facts: Readonly<Record<string, string | number>>): string {
  return sentence.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(facts[name] ?? ''));
}

/** The sentence that fits a number, with it. */
export function count(language: string, forms: Counted, number: number): string {
  const form = forms[new Intl.PluralRules(language).select(number)] ?? forms.other;
  return fill(form, { n: new Intl.NumberFormat(language).format(number) });
}

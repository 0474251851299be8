import type { Catalog } from '../src/domain/catalog.ts';
import type { OfficeHours } from '../src/domain/office-hours.ts';
import type { Accounts, AskInPrivate, Clock, Random, Recognizer, Tickets } from '../src/domain/ports.ts';
import type { Search } from '../src/knowledge/search.ts';
import type { Words } from '../src/knowledge/wording.ts';

/** Everything a dialog may use. Each asks for the part it needs with `Pick`. */
export interface Services {
  readonly accounts: Accounts;
  readonly catalog: Catalog;
  readonly clock: Clock;
  readonly random: Random;
  readonly recognizer: Recognizer;
  readonly search: Search;
  readonly tickets: Pick<Tickets, 'find' | 'newestOf'>;
  /** False: it could not be begun. */
  readonly askInPrivate: AskInPrivate;
  /** When a person answers at the latest, in words: "within one working day"; null: not told. */
  readonly expectedResponse: string | null;
  /** When somebody is there; null: that is not told. */
  readonly office: OfficeHours | null;
  /** Where a security report can be sent besides; null: nowhere. */
  readonly securityContact: string | null;
  /** Words for a customer in their time zone (IANA), where it is known. */
  readonly wordsFor: (to: { readonly zone: string | undefined }) => Words;
  /** The words of tickets. */
  readonly agentWords: Words;
}

import type { Catalog } from '../src/domain/catalog.ts';
import type { Accounts, Clock, Random, Recognizer, Tickets } from '../src/domain/ports.ts';
import type { VerifiedSubject } from '../src/domain/subject.ts';
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
  readonly tickets: Pick<Tickets, 'find'>;
  readonly wordsFor: (subject: VerifiedSubject | null) => Words;
}

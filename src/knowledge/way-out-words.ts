import type { Fixer } from '../domain/content.ts';
import type { Change, Remedy, Verdict } from '../domain/verdict.ts';
import { andList } from './in-words.ts';
import type { Reader, Teller } from './teller.ts';

/** Who can make each change; waiting is everybody's own, but for the end of an incident. */
const makers: Readonly<Record<Change['kind'], Fixer>> = {
  wait: 'you',
  upgrade: 'billing-owner',
  'choose-plan': 'billing-owner',
  role: 'workspace-admin',
  'sign-in-with': 'you',
  confirm: 'you',
  accept: 'billing-owner',
  scopes: 'key-owner',
  reactivation: 'workspace-admin',
  'password-reset': 'you',
  network: 'workspace-admin',
  'switch-on': 'workspace-admin',
  'set-up': 'workspace-admin',
  share: 'object-owner',
  seat: 'workspace-admin',
  'free-seat': 'billing-owner',
  invitation: 'workspace-admin',
  'sign-in': 'you',
  'other-sign-in': 'you',
  pay: 'billing-owner',
  resume: 'billing-owner',
  'pay-and-resume': 'billing-owner',
  credit: 'billing-owner',
  'spending-cap': 'billing-owner',
  'more-included': 'billing-owner',
  'our-team': 'us',
};

/** Who can make a change. */
export function makerOf(change: Change): Fixer {
  if (change.kind === 'wait' && change.for === 'incident') return 'us';
  return change.kind === 'confirm' && change.what !== 'email' ? 'workspace-admin' : makers[change.kind];
}

/**
 * The fewest changes that open the door, in a sentence: for customers where more than one thing blocks, for agents always.
 * Null: there is nothing to say.
 */
export function wayOutInWords({ wayOut = [], feature }: Verdict, teller: Teller, reader: Reader): string | null {
  const [first, ...others] = wayOut;
  const phrases = wayOut.map((remedy) => remedyInWords(remedy, teller));
  if (!first) return null;
  if (reader === 'agents') {
    const by = wayOut.map(({ change }, i) =>
      teller.line('way-out-by', { change: phrases[i] ?? '', fixer: fixerForAgents(makerOf(change), teller) }),
    );
    return teller.line('way-out-agents', { changes: andList(by) });
  }
  if (others.length > 0) {
    const alone = changeInWords(first.change, teller);
    return teller.line('way-out-all', { changes: andList(phrases), first: alone, feature: { feature } });
  }
  return first.removes.length > 1 ? teller.line('way-out-one', { change: phrases[0] ?? '' }) : null;
}

/** A remedy as a part of a sentence, with what would do as well. */
export function remedyInWords({ change, or }: Remedy, teller: Teller): string {
  const told = changeInWords(change, teller);
  return or ? teller.line('way-or', { change: told, other: changeInWords(or, teller) }) : told;
}

/** A change as a part of a sentence. */
export function changeInWords(change: Change, { line }: Teller): string {
  switch (change.kind) {
    case 'wait':
      if (change.until !== null) return line('way-wait', { until: { at: change.until } });
      return line(change.for === 'incident' ? 'way-wait-incident' : 'way-wait-reset');
    case 'upgrade':
    case 'choose-plan':
      return line(`way-${change.kind}`, { plan: { plan: change.plan } });
    case 'role':
      return line('way-role', { roles: { roles: change.roles } });
    case 'sign-in-with':
      return line(`way-sign-in-with-${change.what}`);
    case 'confirm':
      return line(`way-confirm-${change.what}`);
    case 'accept':
      return line(`way-accept-${change.what}`);
    case 'scopes':
      return line('way-scopes', { scopes: change.scopes });
    default:
      return line(`way-${change.kind}`);
  }
}

function fixerForAgents(fixer: Fixer, { line }: Teller): string {
  return line(fixer === 'you' ? 'fixer-customer' : `fixer-${fixer}`);
}

import assert from 'node:assert/strict';
import { causes } from '../../src/diagnosis/causes/index.ts';
import { createWords } from '../../src/knowledge/wording.ts';
import { content } from '../support/fakes.ts';
import { forExport, given, kinds, names, provedIn, upToThree } from './blocks.ts';

describe('the way out in words', () => {
  const words = createWords(content, 'https://help.test', undefined, 'customer');
  const agents = createWords(content, 'https://help.test', undefined, 'agents');
  const verdictOf = (...some: string[]) => forExport(given(some));

  it('tells a customer what one of two changes leaves blocked', () => {
    assert.equal(
      words.wayOut(verdictOf('seat', 'limit')),
      '**All of this is needed:** an active seat and an upgrade to Team or waiting until 1 December at 00:00 UTC. With an active seat alone, Export stays blocked.',
    );
  });

  it('tells a customer that one change is enough', () => {
    assert.equal(words.wayOut(verdictOf('lacking', 'limit')), '**One change is enough:** an upgrade to Team.');
  });

  it('tells a customer nothing of it where one thing blocks, and an agent always', () => {
    assert.equal(words.wayOut(verdictOf('seat')), null);
    assert.equal(agents.wayOut(verdictOf('seat')), 'an active seat (workspace admin)');
    assert.equal(agents.wayOut(verdictOf()), null);
    assert.equal(
      agents.wayOut(verdictOf('expired', 'unpaid')),
      'a new sign-in (the customer) and the payment of the open invoice (billing owner)',
    );
  });

  it('never lets the verdict say that waiting helps where something else blocks', () => {
    for (const some of upToThree) {
      const verdict = verdictOf(...some);
      const told = words.verdict(verdict);
      if (provedIn(verdict).length > 1)
        assert.doesNotMatch(told, /\*\*Waiting helps|\*\*Waiting does/, some.join(', '));
      if (provedIn(verdict).length > 1) assert.match(told, /is enough:|is needed:/, some.join(', '));
    }
  });

  it('names everybody who has to do something', () => {
    assert.match(
      words.verdict(verdictOf('seat', 'limit')),
      /\*\*Who can fix it:\*\* your workspace admin and your billing owner\. Here is a message for your workspace admin:/,
    );
  });

  it('has for one cause the same one who can fix it as its page', () => {
    for (const name of names) {
      const verdict = verdictOf(name);
      const [lead, ...more] = provedIn(verdict);
      // Where nothing but waiting helps, the billing owner is who can still ask for more.
      if (more.length > 0 || !lead || kinds(verdict).join() === 'wait') continue;
      const who = {
        you: 'the customer',
        us: 'our team',
        it: '',
        'workspace-admin': 'workspace admin',
        'billing-owner': 'billing owner',
        'object-owner': 'its owner',
        'key-owner': 'whoever owns the key',
      };
      const fixer = who[words.fixer(verdict.primary)];
      assert.ok(agents.wayOut(verdict)?.endsWith(`(${fixer})`), `${name}: ${agents.wayOut(verdict)}, ${fixer}`);
    }
  });

  it('has words for every cause that can be proved', () => {
    const seen = new Set(upToThree.flatMap((some) => provedIn(verdictOf(...some))));
    const all = causes.map(({ slug }) => slug).filter((slug) => slug !== 'still-propagating');
    assert.deepEqual([...seen].toSorted(), all.toSorted());
  });
});

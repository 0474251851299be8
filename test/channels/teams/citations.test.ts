import assert from 'node:assert/strict';
import fc from 'fast-check';
import { render, withoutButtons } from '../../../src/channels/teams/render.ts';
import type { Wire } from '../../../src/channels/wire.ts';
import type { Reply, TellableFinding } from '../../../src/domain/reply.ts';
import { replies } from '../replies.ts';
import { rounds } from '../../support/rounds.ts';
import { assertDrawn } from './cards.ts';
import { drawing } from './drawing.ts';

const draw = (reply: Reply) => render(reply, 7, drawing);
const cited = (activities: readonly Wire[]) =>
  activities
    .flatMap(({ entities }) => (entities as { citation: { appearance: Wire }[] }[] | undefined) ?? [])
    .flatMap(({ citation }) => citation.map(({ appearance }) => appearance));
const finding = (
  status: TellableFinding['status'],
  source: TellableFinding['source'],
  fact: string,
): TellableFinding => ({
  ...{ cause: 'monthly-limit', status, source, fact, readAt: '2026-11-22T10:12:00.000Z' },
});
const verdict = (...findings: readonly TellableFinding[]): Reply => ({
  kind: 'verdict',
  text: '**It is so.** Really.',
  findings,
  actions: [],
});
const text = (words: string): Reply => ({ kind: 'text', text: words, actions: [] });
const sources = ['account-api', 'identity', 'stripe', 'status-page'] as const;

describe('what an answer in Teams rests on', () => {
  it('is cited for steps in the line that names their article, above the card', () => {
    const [line = assert.fail(), card = assert.fail(), ...more] = draw(replies.steps);
    const { title, url } = replies.steps.article;
    assert.equal(line.text, `From [${title}](${url}): [1]`);
    assert.deepEqual(cited([line]), [{ '@type': 'DigitalDocument', name: title, url }]);
    assert.deepEqual([more, 'entities' in card, 'attachments' in card], [[], false, true]);
    assert.ok(!JSON.stringify(card.attachments).includes(url));
    assert.ok('attachments' in withoutButtons(replies.steps, null, drawing));
  });

  it('is cited for each fact that a verdict tells, by where it was read, beside a card that stays as it was', () => {
    const told = [
      finding('proved', 'account-api', 'One.'),
      finding('possible', 'status-page', 'Two.'),
      finding('proved', 'account-api', 'Three.'),
    ];
    const others = [finding('ruled-out', 'stripe', 'Four.'), finding('unknown', 'identity', 'Five.')];
    const [card = assert.fail(), line = assert.fail(), ...more] = draw(verdict(...others, ...told));
    assert.deepEqual(
      [line.text, line.summary],
      ['Sources: your account [1] [3], our status page [2]', 'Sources: your account, our status page'],
    );
    assert.deepEqual(
      cited([line]).map(({ abstract }) => abstract),
      ['One.', 'Two.', 'Three.'],
    );
    assert.deepEqual([more, 'attachments' in card], [[], true]);
    assert.equal(draw(verdict(...others)).length, 1);
    const asking = draw({ ...verdict(...told), actions: [{ label: 'Yes', means: 'yes' }] });
    assert.deepEqual(
      asking.map((one) => 'attachments' in one),
      [false, true],
      'the buttons are on the last one',
    );
  });

  it('is cited for an article that answers by itself, with its title and its answer', () => {
    const url = 'https://help.test/articles/get-an-api-key';
    const answer = text(`**Get an API key** – Open the settings.\n\n[Read the article](${url})`);
    assert.deepEqual(cited(draw(answer)), [
      { '@type': 'DigitalDocument', name: 'Get an API key', abstract: 'Open the settings.', url },
    ]);
    const two = text(`See [one](${url}) and [two](${url}-again), not [that](https://help.test/pricing).`);
    assert.deepEqual(
      cited(draw(two)).map(({ name }) => name),
      ['one', 'two'],
    );
  });

  it('is nothing that a person writes, that leads elsewhere, or that is no page', () => {
    const url = 'https://help.test/articles/get-an-api-key';
    const said = [
      { kind: 'person', name: 'Ana', text: `[x](${url})`, actions: [] } as const,
      ...['[x](https://help.test/)', '[x](javascript:alert%281%29/articles/x)', '[1] is no citation'].map(text),
    ];
    for (const one of said) assert.deepEqual(cited(draw(one)), [], one.text);
  });

  it('is the first twenty of more', () => {
    const many = Array.from({ length: 25 }, (_, i) => i);
    const links = many.map((i) => `[one](https://help.test/articles/a${i})`).join(' ');
    const facts = many.map((i) => finding('proved', 'account-api', `Fact ${i}.`));
    for (const reply of [text(links), verdict(...facts)]) {
      assertDrawn(draw(reply));
      assert.equal(cited(draw(reply)).length, 20);
    }
  });

  it('is within what Teams takes, however much there is', () => {
    const anyFinding = fc
      .tuple(
        fc.constantFrom('proved', 'possible', 'ruled-out', 'unknown', 'needs-feature'),
        fc.constantFrom(...sources),
        fc.string({ unit: 'binary', maxLength: 400 }),
      )
      .map((one) => finding(...one));
    const anyLink = fc
      .tuple(fc.stringMatching(/^[\w .😀]{0,200}$/u), fc.stringMatching(/^[\w-]{1,90}$/))
      .map(([words, slug]) => `[${words}](https://help.test/articles/${slug})`);
    const anyReply = fc.oneof(
      fc.array(anyFinding, { maxLength: 40 }).map((all) => verdict(...all)),
      fc.array(anyLink, { maxLength: 300 }).map((all) => text(all.join(' '))),
      fc
        .tuple(anyLink, fc.array(anyLink, { maxLength: 30 }))
        .map(([first, more]): Reply => ({ ...replies.steps, text: `${first}\n\n${more.join('\n\n')}` })),
    );
    fc.assert(
      fc.property(anyReply, (reply) => {
        assertDrawn(draw(reply));
        assert.ok(!JSON.stringify(draw(reply)).includes('AIGeneratedContent'));
      }),
      { numRuns: rounds(150) },
    );
  });
});

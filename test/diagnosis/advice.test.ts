import assert from 'node:assert/strict';
import type { Remedy } from '../../src/domain/verdict.ts';
import { createWords } from '../../src/knowledge/wording.ts';
import { content } from '../support/fakes.ts';
import { forExport, given, provedIn, upToThree } from './blocks.ts';
import { after } from './made.ts';
import { at } from './snapshots.ts';

const words = createWords(content, 'https://help.test', undefined, 'customer', { now: () => at });
const agents = createWords(content, 'https://help.test', undefined, 'agents', { now: () => at });

/** Everything that is advised where these block. */
function adviceOn(some: readonly string[]) {
  const start = given(some);
  const verdict = forExport(start);
  const told = words.verdict(verdict);
  const sentOn = /^> .*/m.exec(told)?.[0] ?? '';
  return { start, verdict, told, sentOn, wayOut: verdict.wayOut ?? [], proved: provedIn(verdict) };
}

/** Judged and told once: all of it takes seconds. */
const allAdvice: (ReturnType<typeof adviceOn> & { readonly some: readonly string[] })[] = [];

const changesOf = (wayOut: readonly Remedy[]) =>
  wayOut.flatMap(({ change, or }) => (or ? [change.kind, or.kind] : [change.kind]));
const isPlan = (kind: string) => kind === 'upgrade' || kind === 'choose-plan';

describe('the advice where up to three things block', () => {
  before(function () {
    this.timeout(60_000);
    for (const some of upToThree) allAdvice.push({ some, ...adviceOn(some) });
  });

  it('is to wait only where waiting removes each of them', () => {
    for (const { some, start, verdict, told, wayOut } of allAdvice) {
      const waits = wayOut.flatMap(({ change, or, removes }) =>
        [change, or].flatMap((one) => (one?.kind === 'wait' ? [{ change: one, removes }] : [])),
      );
      const helps = /\*\*Waiting helps|enough:\*\* (?:waiting until|the end of)/.test(
        `${told} ${words.waiting(verdict)}`,
      );
      if (helps) assert.deepEqual(provedIn(forExport(after(waits, start))), [], some.join(', '));
    }
  });

  it('proposes nothing that does not remove all that it is to remove, whatever else is done or left', () => {
    for (const { some, start, wayOut } of allAdvice) {
      for (const remedy of wayOut)
        for (const change of remedy.or ? [remedy.change, remedy.or] : [remedy.change]) {
          const left = provedIn(forExport(after([{ ...remedy, change }], start)));
          const still = remedy.removes.filter((cause) => left.includes(cause));
          assert.deepEqual(still, [], `${some.join(', ')}: ${change.kind}`);
        }
    }
  });

  it('offers an upgrade only where it removes something, and says that none helps only where none does', () => {
    for (const { some, told, wayOut, proved } of allAdvice) {
      const offers = changesOf(wayOut).some(isPlan);
      // “the lowest plan that has it” is a fact, and no offer.
      if (/\ban upgrade\b|\ba subscription to\b|\bupgrade under\b/.test(told))
        assert.ok(offers, `${some.join(', ')}: ${told}`);
      if (/will not help|is not the reason|Only the pace/.test(told))
        assert.equal(proved.length, 1, `${some.join(', ')}: ${told}`);
    }
  });

  it('asks whoever can fix it for what is theirs to change, and for nothing that another cause makes useless', () => {
    for (const { some, sentOn, told, wayOut, proved } of allAdvice) {
      const all = changesOf(wayOut);
      const why = `${some.join(', ')}: ${told}`;
      if (/upgrade\b/.test(sentOn)) assert.ok(all.includes('upgrade'), why);
      if (/subscription to|start a new one/.test(sentOn)) assert.ok(all.includes('choose-plan'), why);
      if (sentOn.includes('open invoice')) assert.ok(all.includes('pay') || all.includes('pay-and-resume'), why);
      if (sentOn.includes('resum')) assert.ok(all.includes('resume') || all.includes('pay-and-resume'), why);
      if (/\bseat\b/.test(sentOn)) assert.ok(all.includes('seat') || all.includes('free-seat'), why);
      if (/\brole\b/.test(sentOn)) assert.ok(proved.includes('role-lacks-permission'), why);
    }
  });

  it('never asks to pay for a subscription that is over', () => {
    for (const { some, verdict, told, wayOut } of allAdvice) {
      const { variant = '' } =
        verdict.findings.find(({ cause, status }) => cause === 'payment-lapsed' && status === 'proved') ?? {};
      if (variant !== 'canceled' && variant !== 'incomplete_expired') continue;
      assert.ok(!changesOf(wayOut).some((kind) => kind === 'pay' || kind === 'pay-and-resume'), some.join(', '));
      assert.doesNotMatch(told, /payment of the open invoice|pay the open invoice/);
    }
  });

  it('tells agents every change with who makes it', () => {
    const { lines } = content.replies;
    const fixers = Object.keys(lines).filter((key) => key.startsWith('fixer-'));
    const isNamed = (told: string) => fixers.some((key) => told.endsWith(`(${lines[key] ?? ''})`));
    for (const { some, verdict } of allAdvice) {
      for (const remedy of verdict.wayOut ?? []) {
        const told = agents.wayOut({ ...verdict, wayOut: [remedy] }) ?? '';
        assert.ok(isNamed(told), `${some.join(', ')}: ${told}`);
      }
    }
  });
});

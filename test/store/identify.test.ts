import assert from 'node:assert/strict';
import type { SubjectFields } from '../../src/domain/subject.ts';
import { onEachStore } from '../support/databases.ts';
import { createWorld, type World } from '../support/world.ts';

const ada: SubjectFields = { accountId: 'acct_42', userId: 'usr_7', verifiedBy: 'trusted-email', name: 'Ada' };
const linked: SubjectFields = { ...ada, verifiedBy: 'linked-chat' };
const signed: SubjectFields = { ...ada, verifiedBy: 'signed-identity' };
const ben: SubjectFields = { ...ada, userId: 'usr_8', name: 'Ben' };
const elsewhere: SubjectFields = { ...ada, accountId: 'acct_43' };

onEachStore('who a customer proved to be', () => {
  let world: World;
  beforeEach(async () => {
    world = await createWorld('nobody');
    await world.begin();
  });
  afterEach(() => world.close());
  const loaded = async () => (await world.store.load(world.id)) ?? assert.fail();

  const table: Readonly<Record<string, readonly [before: SubjectFields | null, now: SubjectFields | null, Kept]>> = {
    'nobody, then an address: the talk goes on': [null, ada, { subject: ada, goesOn: true }],
    'nobody, then nobody': [null, null, { subject: null, goesOn: true }],
    'an address, then the same': [ada, ada, { subject: ada, goesOn: true }],
    'an address, then more is told of the same person': [
      ada,
      { ...ada, zone: 'Europe/Berlin' },
      { subject: { ...ada, zone: 'Europe/Berlin' }, goesOn: true },
    ],
    'an address, then a link to the same person, which stays': [ada, linked, { subject: linked, goesOn: true }],
    'an address, then a link to another': [ada, { ...ben, verifiedBy: 'linked-chat' }, anew(ben, 'linked-chat')],
    'an address of one, then of another': [ada, ben, anew(ben)],
    'an address, then of another account': [ada, elsewhere, anew(elsewhere)],
    'an address, then nobody': [ada, null, { subject: null, goesOn: false }],
    'a link, then an address of the same person': [linked, ada, { subject: linked, goesOn: true }],
    'a link, then an address of another': [linked, ben, { subject: linked, goesOn: true }],
    'a link, then nobody': [linked, null, { subject: linked, goesOn: true }],
    'a signed identity, then an address of another': [signed, ben, { subject: signed, goesOn: true }],
    'a signed identity, then a link to another account': [
      signed,
      { ...elsewhere, verifiedBy: 'linked-chat' },
      anew(elsewhere, 'linked-chat'),
    ],
  };
  for (const [what, [before, now, kept]] of Object.entries(table))
    it(what, async () => {
      if (before) await world.store.identify(world.id, before);
      const { state } = await loaded();
      await world.store.identify(world.id, now);
      const after = await loaded();
      assert.deepEqual([after.subject, after.state], [kept.subject, kept.goesOn ? state : null]);
    });

  it('is the link, whenever both are told at once', async () => {
    for (const both of [
      [ben, linked],
      [linked, ben, null],
    ])
      await Promise.all(both.map((one) => world.store.identify(world.id, one)));
    assert.deepEqual((await loaded()).subject, linked);
  });

  it('moves the version only when something changed, so that a turn under way is taken anew', async () => {
    const versions = [(await loaded()).version];
    for (const one of [ada, ada, null, null]) {
      await world.store.identify(world.id, one);
      versions.push((await loaded()).version);
    }
    const [first = 0] = versions;
    assert.deepEqual(versions, [first, first + 1, first + 1, first + 2, first + 2]);
  });

  it('is nothing where there is no such conversation', async () => {
    await world.store.identify('none', ada);
    assert.equal(await world.store.load('none'), null);
  });
});

interface Kept {
  readonly subject: SubjectFields | null;
  readonly goesOn: boolean;
}

function anew(subject: SubjectFields, verifiedBy: SubjectFields['verifiedBy'] = 'trusted-email'): Kept {
  return { subject: { ...subject, verifiedBy }, goesOn: false };
}

import assert from 'node:assert/strict';
import { createEntityFinder } from '../../src/language/entities.ts';
import { wordsOf } from '../../src/language/words.ts';
import { readCatalog } from './content.ts';

const find = createEntityFinder(
  readCatalog(),
  new Map([
    ['analysis', 3],
    ['started', 9],
    ['credit', 19],
    ['export', 400],
    ['exprot', 6],
  ]),
);
const found = (text: string) =>
  Object.values(find(wordsOf(text)))
    .map(String)
    .join(' ');

/** feature, plan, meter */
const table: Readonly<Record<string, string>> = {
  'I cannot export': 'export null null',
  'the exprot is locked': 'export null null',
  'my dashbord is grey': 'dashboards null null',
  'dahsboards are gone': 'dashboards null null',
  '403 on the reports page': 'reports null null',
  'my reprots are empty': 'reports null null',
  'why is the API locked': 'api null null',
  'the ApI-key fails': 'api null null',
  'app is locked': 'null null null',
  'no SSO for us': 'sso null null',
  'as always': 'null null null',
  'the audit log says nothing': 'audit-log null null',
  'where is the Single-Sign-On': 'sso null null',
  'we are on the Team plan': 'null team null',
  'I bought the busness plan': 'null business null',
  'out of tokens on starter': 'null starter tokens',
  'toknes are gone': 'null null tokens',
  'export on Business costs how many api calls': 'export business api-calls',
  'an expert helped': 'null null null',
  'what do you expect': 'null null null',
  'we started an analysis': 'null null null',
  'my credit card': 'null null null',
  'a resort, a taken seat, an audio file': 'null null null',
  '': 'null null null',
};

describe('entities', () => {
  for (const [text, wanted] of Object.entries(table)) {
    it(`"${text}" names ${wanted}`, () => assert.equal(found(text), wanted));
  }

  it('a word as common as the name is no typo of it, but a name stays a name', () => {
    const strict = createEntityFinder(
      readCatalog(),
      new Map([
        ['exprot', 3],
        ['export', 40],
      ]),
    );
    assert.equal(strict(wordsOf('exprot')).feature, null);
    assert.equal(strict(wordsOf('export')).feature, 'export');
  });
});

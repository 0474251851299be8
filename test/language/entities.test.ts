import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createEntityFinder } from '../../src/language/entities.ts';
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
const found = (text: string) => {
  const { feature, plan, meter } = find(text);
  return [feature, plan, meter].map(String).join(' ');
};
const judged = (text: string) =>
  find(text)
    .features.map(({ slug, polarity }) => `${slug} ${polarity}`)
    .join(', ');

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
  'how do I get this to report it': 'null null null',
  'I must report a problem': 'null null null',
  'Hi Team, my team cannot log in with SSO': 'null null null',
  'the report builder is locked': 'reports null null',
  'a report on Team': 'reports team null',
  'our SSO page says no': 'sso null null',
  '': 'null null null',
};

/** Every feature with its polarity; the first one is the one to look into when it stands before a bar. */
const polarities: Readonly<Record<string, readonly [feature: string | null, features: string]>> = {
  'dashboards work, export does not': ['export', 'dashboards works, export blocked'],
  'Export is fine but reports are locked': ['reports', 'export works, reports blocked'],
  'not the dashboards, the export': ['export', 'dashboards excluded, export named'],
  "it's not the API": [null, 'api excluded'],
  'it isn’t about reports': [null, 'reports excluded'],
  'we are not talking about reports': [null, 'reports excluded'],
  'I mean the audit log instead of reports': ['audit-log', 'audit-log named, reports excluded'],
  'I do not mean the API, I mean export': ['export', 'api excluded, export named'],
  "we don't use the API": [null, 'api excluded'],
  "I can't export and the API is locked": ['export', 'export blocked, api blocked'],
  'I can not export': ['export', 'export blocked'],
  'we do not have API access': ['api', 'api blocked'],
  'no SSO for us': ['sso', 'sso blocked'],
  'the API is not locked': [null, 'api works'],
  'dashboards are no longer blocked, reports still are': ['reports', 'dashboards works, reports named'],
  'not only export but also reports': ['export', 'export named, reports named'],
  'how can I export': ['export', 'export named'],
  'does the API work?': ['api', 'api named'],
  'I want to be able to export': ['export', 'export named'],
  "I can't open dashboards, reports or automations": [
    'dashboards',
    'dashboards blocked, reports blocked, automations blocked',
  ],
  'Dashboards, reports and automations are locked': [
    'dashboards',
    'dashboards blocked, reports blocked, automations blocked',
  ],
  'everything works except export': ['export', 'export blocked'],
  'all is locked apart from dashboards': [null, 'dashboards works'],
  "my teammate can use Reports, I can't": ['reports', 'reports blocked'],
  "I can see dashboards but I can't export": ['export', 'dashboards works, export blocked'],
  'reports: 403': ['reports', 'reports named'],
  'exports worked yesterday': ['export', 'export named'],
  'export is locked. I need the export!': ['export', 'export blocked'],
  'hello there': [null, ''],
};

const whole = [
  'everything is locked',
  'all of it',
  'Everything.',
  'nothing works',
  "I can't open anything",
  'the whole thing',
  'my whole account is blocked',
  'all features are gone',
];
const notWhole = [
  'I tried everything',
  'everything else works',
  'everything works',
  'did everything you said',
  'nothing changed',
  'is there anything new',
  'export',
];

/** Who cannot get in. */
const people: Readonly<Record<string, string | null>> = {
  'My colleague Tom cannot open reports': 'Tom',
  'my coworker anna gets access denied': 'coworker',
  "one of our users can't log in": 'user',
  'a teammate of mine gets 403': 'teammate',
  'Hi, our new employee has no access': 'employee',
  'my boss is locked out of dashboards, he needs them today': 'boss',
  'two of our students are blocked': 'student',
  "why can't my client see the report?": 'client',
  "it's not me, it's one of my users": 'user',
  'My wife cannot sign in and I do not know why': 'wife',
  "my teammate can use Reports, I can't": null,
  "I can't export but my colleague can": null,
  'My boss says I cannot export': null,
  'my manager approved it, still denied': null,
  'your client does not have permission to get this page': null,
  'the user is not authorized to perform this': null,
  'I am a customer and cannot get in': null,
  "I can't open reports": null,
  'our users love it': null,
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
    assert.equal(strict('exprot').feature, null);
    assert.equal(strict('export').feature, 'export');
  });

  for (const [text, [feature, features]] of Object.entries(polarities))
    it(`"${text}" is about ${feature ?? 'nothing'}: ${features}`, () => {
      assert.equal(judged(text), features);
      assert.equal(find(text).feature, feature);
    });

  for (const text of whole) it(`"${text}" is everything`, () => assert.equal(find(text).everything, true));
  for (const text of notWhole) it(`"${text}" is not everything`, () => assert.equal(find(text).everything, false));

  for (const [text, person] of Object.entries(people))
    it(`"${text}" is about ${person ?? 'the writer'}`, () => assert.equal(find(text).otherPerson, person));

  it('are the same each time, of any text, and the feature is one of those that are named', () => {
    const words = fc.constantFrom(
      ...[
        "can't",
        'not',
        'the',
        'export',
        'API',
        'reports',
        ',',
        'but',
        'except',
        'everything',
        'my',
        'user',
        'Tom',
        'I',
      ],
      ...['works', 'locked', '.', '?', 'to report', 'team', 'than', '\0'],
    );
    const texts = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 4_000 }),
      fc.array(words, { maxLength: 200 }).map((some) => some.join(' ')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const once = find(text);
        assert.deepEqual(find(text), once);
        const slugs = once.features.map(({ slug }) => slug);
        assert.equal(new Set(slugs).size, slugs.length, 'each once');
        assert.ok(once.feature === null || slugs.includes(once.feature));
        const locked = once.features.find(({ polarity }) => polarity === 'blocked');
        if (locked) assert.equal(once.feature, locked.slug);
      }),
    );
  });

  it('of a huge text take no longer', () => {
    for (const unit of [
      'not the ',
      'export, ',
      'my user ',
      'a,',
      'all of ',
      'except ',
      '. ',
      'I',
      '- ',
      'everything ',
    ]) {
      const text = unit.repeat(4_000 / unit.length);
      find(text);
      const before = process.threadCpuUsage();
      find(text);
      // Milliseconds of this thread; many times what it takes.
      assert.ok(process.threadCpuUsage(before).user / 1_000 < 50, unit);
    }
  });
});

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { readCatalog } from '../../src/knowledge/lists.ts';

const text = `company: Meridian
plans:
  starter:
    name: Starter
    synonyms: []
    stripe: [starter_monthly, prod_Starter]
    limits: { tokens: 500000 }
  team:
    name: Team
    synonyms: []
    stripe: [team_monthly]
meters:
  tokens:
    name: tokens
    one: token
    synonyms: []
    stripe: mtr_61Tokens
features:
  export:
    name: Export
    synonyms: []
    lowest-plan: starter
    meters: [tokens]
    stripe: csv-export
    components: [Exports]
`;

function read(yaml: string) {
  const problems: string[] = [];
  const at = (line: number, message: string) => problems.push(`${line}: ${message}`);
  return { catalog: readCatalog(yaml, { file: 'catalog.yaml', at }), problems };
}

describe('what the catalog connects', () => {
  it('is read', () => {
    const { catalog, problems } = read(text);
    assert.deepEqual(problems, []);
    const [[starter, team], [tokens], [exporting]] = [
      catalog?.plans ?? [],
      catalog?.meters ?? [],
      catalog?.features ?? [],
    ];
    assert.deepEqual([starter?.stripe, starter?.limits], [['starter_monthly', 'prod_Starter'], { tokens: 500_000 }]);
    assert.deepEqual([team?.stripe, team?.limits], [['team_monthly'], undefined]);
    assert.equal(tokens?.stripe, 'mtr_61Tokens');
    assert.deepEqual([exporting?.stripe, exporting?.components], ['csv-export', ['Exports']]);
  });

  it('need not be there', () => {
    const { catalog, problems } = read(text.replaceAll(/^ +(stripe|limits|components):.*\n/gm, ''));
    assert.deepEqual(problems, []);
    assert.deepEqual(Object.keys(catalog?.plans[0] ?? {}), ['slug', 'name', 'synonyms']);
  });

  const mistakes: readonly (readonly [string, string, string, string | RegExp])[] = [
    ['a limit of an unknown meter', '{ tokens:', '{ coins:', '7: starter: there is no meter "coins"'],
    ['a meter that only JavaScript knows', '{ tokens:', '{ toString:', '7: starter: there is no meter "toString"'],
    ['a limit below zero', '500000', '-1', /^7: plans\.starter\.limits\.tokens: /],
    ['a limit that is no number', '500000', 'many', /^7: plans\.starter\.limits\.tokens: /],
    [
      'a price of two plans',
      '[team_monthly]',
      '[prod_Starter]',
      '11: team: "prod_Starter" already stands for "starter"',
    ],
    ['prices that are no list', '[team_monthly]', 'team_monthly', /^11: plans\.team\.stripe: /],
    ['no price at all', '[team_monthly]', "['']", /^11: plans\.team\.stripe\.0: /],
    ['a meter by its name', 'mtr_61Tokens', 'tokens', /^17: meters\.tokens\.stripe: should be the id of a meter/],
    ['components that are no list', '[Exports]', 'Exports', /^25: features\.export\.components: /],
    ['a member that nothing reads', 'components:', 'component:', /^19: features\.export: .*component/],
    [
      'a plan that only JavaScript knows',
      'lowest-plan: starter',
      'lowest-plan: toString',
      '19: export: there is no plan "toString"',
    ],
  ];
  for (const [what, words, become, problem] of mistakes)
    it(`is refused with its line: ${what}`, () => {
      const { problems } = read(text.replace(words, become));
      assert.equal(problems.length, 1, problems.join('\n'));
      if (typeof problem === 'string') assert.equal(problems[0], problem);
      else assert.match(problems[0] ?? '', problem);
    });

  it('is refused where two meters are one in Stripe', () => {
    const other = '  calls:\n    name: calls\n    one: call\n    synonyms: []\n    stripe: mtr_61Tokens\n';
    const { problems } = read(text.replace('features:', `${other}features:`));
    assert.deepEqual(problems, ['22: calls: "mtr_61Tokens" already stands for "tokens"']);
  });
});

describe('the lines of the catalog that operators are shown', () => {
  type Lists = Record<string, Record<string, object>>;
  for (const page of ['stripe.md', 'status-page.md'])
    it(`are taken as they are: docs/${page}`, () => {
      const markdown = readFileSync(join(import.meta.dirname, '../../docs', page), 'utf8');
      const shown = parse(/```yaml\n([^]*?)```/.exec(markdown)?.[1] ?? '') as Lists;
      const lists = parse(text) as Lists;
      for (const [list, parts] of Object.entries(shown))
        for (const [slug, members] of Object.entries(parts)) Object.assign(lists[list]?.[slug] ?? {}, members);
      const { catalog, problems } = read(stringify(lists));
      assert.deepEqual(problems, []);
      for (const [list, parts] of Object.entries(shown))
        for (const [slug, members] of Object.entries(parts)) {
          const read = catalog?.[list as 'plans'].find((one) => one.slug === slug);
          assert.deepEqual({ ...read, ...members }, read);
        }
    });
});

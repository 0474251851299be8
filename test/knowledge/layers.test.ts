import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readLayers, stampOf } from '../../src/knowledge/layers.ts';
import { leftoversIn } from '../../src/knowledge/leftovers.ts';
import { loadContent } from '../../src/knowledge/load.ts';
import { copyContent, problemsOf } from './broken-content.ts';

const catalog = `company: Tidal
places: { billing: { name: Account → Money, link: "https://tidal.test/money" }, members: Account → People }
plans:
  hobby: { name: Hobby, synonyms: [] }
  studio: { name: Studio, synonyms: [] }
meters: {}
features:
  mixing: { name: Mixing desk, synonyms: [mixer], lowest-plan: studio, meters: [] }
`;
const article = (title: string, text: string) => `---\ntitle: ${title}\n---\n${text}\n`;

describe('the content of a company', () => {
  let ours = '';
  let own = '';
  before(() => (ours = copyContent()));
  beforeEach(() => (own = mkdtempSync(join(tmpdir(), 'latchkey-own-'))));
  afterEach(() => rmSync(own, { recursive: true }));
  after(() => rmSync(ours, { recursive: true }));

  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(own, path)), { recursive: true });
    writeFileSync(join(own, path), text);
  };
  const loaded = () => loadContent(readLayers([ours, own]));
  const leftovers = () =>
    leftoversIn(readLayers([ours, own])).map(({ file, line, message }) => `${file}:${line} ${message}`);

  it('is laid over ours, slug by slug', () => {
    write('articles/seats.md', article('Places for people', 'One place for each person.'));
    const { content, problems } = loaded();
    assert.deepEqual(problems, []);
    assert.equal(content.articles.get('seats')?.title, 'Places for people');
    assert.equal(content.articles.get('access-denied')?.title, 'Troubleshooting the “Access Denied” Error');
  });

  it('is told where to mend an article of its own that a cause of ours reads from', () => {
    const told = () => problemsOf([ours, own]).map(({ file, line, message }) => `${file}:${line} ${message}`);
    const page = 'causes/no-seat.md';
    write('articles/seats.md', article('Places', 'One for each person.'));
    const [first = '', ...others] = told();
    assert.match(first, /^articles\/seats\.md:1 no step has the id \{#[a-z-]+\}/);
    assert.match(first, /causes\/no-seat\.md reads that step back: give a step that id, or copy that page here/);
    assert.ok(others.every((one) => one.startsWith('articles/seats.md:1 no step has the id ')));
    write('articles/seats.md', '');
    const gone = `articles/seats.md:1 ${page} reads from this article: write it, or copy that page here and name another`;
    assert.deepEqual(told(), [gone]);
    write(page, readFileSync(join(ours, page), 'utf8'));
    assert.match(told().join('\n'), /^causes\/no-seat\.md:\d+ there is no article "seats"$/);
  });

  it('is told which intent was meant', () => {
    write('intents/acces-denied/monthly-limit.yaml', 'utterances: [my runs are used up since yesterday]\n');
    write('intents/acess-denied.yaml', 'utterances: [the padlock is back on the board]\n');
    write('intents/fishing.yaml', 'utterances: [where do the trout bite]\n');
    const [folder = '', file = '', other = ''] = problemsOf([ours, own]).map(({ message }) => message);
    for (const message of [folder, file])
      assert.match(message, /^there is no intent "acc?ess?-denied": did you mean "access-denied"\?$/);
    assert.match(other, /^there is no intent "fishing"; there are access-denied, .*\byes\b/);
  });

  it('says some lines otherwise, and leaves the others', () => {
    write('replies.yaml', 'lines:\n  hello: "Ahoy! What can’t you open?"\ntopics:\n  refund:\n    name: Money back\n');
    const { replies } = loaded().content;
    assert.equal(replies.lines.hello, 'Ahoy! What can’t you open?');
    assert.match(replies.lines.thanked ?? '', /welcome/);
    assert.equal(replies.topics.refund?.name, 'Money back');
    assert.notEqual(replies.topics.refund.line, '');
  });

  it('adds its utterances, and is right where both have one', () => {
    write('intents/thanks.yaml', 'utterances: [ta very much old chap, HELLO THERE my dear bot]\n');
    const thanks = loaded().intents.filter(({ slug }) => slug === 'thanks');
    assert.deepEqual(thanks.at(-1)?.utterances, ['ta very much old chap', 'HELLO THERE my dear bot']);
    const [taken = ''] = loaded().intents.find(({ slug }) => slug === 'greeting')?.utterances ?? [];
    write('intents/thanks.yaml', `utterances: ["${taken.toUpperCase()}"]\n`);
    const greeting = loaded().intents.find(({ slug }) => slug === 'greeting')?.utterances ?? [];
    assert.ok(!greeting.includes(taken));
    assert.deepEqual(problemsOf([ours, own]), []);
  });

  it('takes away what an empty file stands for', () => {
    write('articles/export-your-data.md', '');
    assert.equal(loaded().content.articles.has('export-your-data'), false);
    write('articles/seats.md', '\n');
    const [problem, ...others] = problemsOf([ours, own]);
    assert.deepEqual(others, []);
    assert.equal(
      problem?.message,
      'causes/no-seat.md reads from this article: write it, or copy that page here and name another',
    );
  });

  it('is led to where it is, with a link where a customer may follow it', () => {
    write('catalog.yaml', catalog);
    write('articles/seats.md', article('Seats of {{place-members}}', 'Free one under {{place-billing}}.'));
    const { articles, causes, replies } = loaded().content;
    assert.equal(articles.get('seats')?.title, 'Seats of Account → People');
    assert.equal(articles.get('seats')?.markdown, 'Free one under [Account → Money](https://tidal.test/money).');
    assert.match(causes.get('plan-lacks-feature')?.sendOn.always ?? '', /upgrade under Account → Money\?/);
    assert.match(replies.lines['who-is-admin'] ?? '', /^I can’t name people. Under Account → People,/);
  });

  it('never looks like ours', () => {
    write('catalog.yaml', catalog);
    const { title, logo } = loaded().content.brand;
    assert.deepEqual([title, logo], ['Tidal help', null]);
  });

  const wrong: readonly (readonly [string, string, string, RegExp])[] = [
    [
      'a word that two features have',
      'catalog.yaml',
      `${catalog}  live: { name: Live, synonyms: [Mixer], lowest-plan: hobby, meters: [] }\n`,
      /^catalog\.yaml:\d+: live: "mixer" already means "mixing"$/,
    ],
    [
      'a place that is none',
      'articles/export-your-data.md',
      article('Export', 'Go to {{place-garage}}.'),
      /^articles\/export-your-data\.md:4: there is no place "garage"; there are billing, members/,
    ],
    [
      'a link to an article that is not there',
      'articles/export-your-data.md',
      article('Export', 'See [seats](/articles/seats) and [places](/articles/place).'),
      /^articles\/export-your-data\.md:4: there is no article "place"$/,
    ],
    [
      'a line that nothing says',
      'replies.yaml',
      'lines:\n  farewell: Bye\n',
      /^replies\.yaml:2: nothing says the line "farewell"$/,
    ],
    [
      'a fact that a line has not',
      'replies.yaml',
      'lines:\n  hello: "Hi {{wife}}"\n',
      /^replies\.yaml:2: "hello" has no fact \{\{wife\}\}$/,
    ],
    [
      'a file that nothing reads',
      'article/seats.md',
      article('Seats', 'One each.'),
      /^article\/seats\.md:1: nothing reads this file/,
    ],
    [
      'a colour that nobody can read',
      'brand.yaml',
      'accent: "#ffcc00"\n',
      /^brand\.yaml:1: accent: "#ffcc00" has a contrast of 1\.5 to 1 on #ffffff, and words need 4\.5; take a darker one$/,
    ],
    [
      'a logo that is not there',
      'brand.yaml',
      'logo: us.svg\n',
      /^brand\.yaml:1: logo: "us\.svg" beside this file should be an SVG image$/,
    ],
    [
      'who fixes a cause in a word that is none',
      'causes/no-seat.md',
      '---\nname: No seat\nfixes: boss\narticle: seats\nsteps: []\nproved: x\nruled-out: x\nunknown: x\nagent-next: x\n---\nNo.\n',
      /^causes\/no-seat\.md:3: fixes: .*workspace-admin/,
    ],
  ];
  for (const [what, path, text, says] of wrong)
    it(`is refused for ${what}`, () => {
      write(path, text);
      const told = problemsOf([ours, own]).map(({ file, line, message }) => `${file}:${line}: ${message}`);
      assert.match(told[0] ?? 'nothing', says);
      assert.equal(told.length, 1, told.join('\n'));
    });

  it('is told of every error at once, however broken one file is', () => {
    write('articles/seats.md', 'no front matter');
    write('causes/no-seat.md', '---\nname: [No\n---\nNo.\n');
    write('replies.yaml', 'lines:\n  farewell: Bye\n');
    const files = new Set(problemsOf([ours, own]).map(({ file }) => file));
    assert.deepEqual([...files].sort(), ['articles/seats.md', 'causes/no-seat.md', 'replies.yaml']);
  });

  it('is found through links, as a container is given it, and not in what tools leave behind', () => {
    const mounted = mkdtempSync(join(tmpdir(), 'latchkey-mounted-'));
    writeFileSync(join(mounted, 'catalog.yaml'), catalog);
    symlinkSync(join(mounted, 'catalog.yaml'), join(own, 'catalog.yaml'));
    write('.git/HEAD', 'x');
    write('articles/.seats.md.swp', 'x');
    assert.equal(loaded().content.catalog.company, 'Tidal');
    assert.deepEqual(problemsOf([ours, own]), []);
    rmSync(mounted, { recursive: true });
  });

  it('has another stamp when a file of it is written', async () => {
    write('catalog.yaml', catalog);
    const before = await stampOf([own]);
    assert.equal(await stampOf([own]), before);
    write('catalog.yaml', `${catalog} `);
    assert.notEqual(await stampOf([own]), before);
  });

  describe('is shown what is left of our demo', () => {
    it('where it has no catalog', () => {
      write('articles/seats.md', article('Seats', 'One each.'));
      assert.deepEqual(leftovers(), [
        `${join(ours, 'catalog.yaml')}:1 this catalog is ours: customers read of Meridian and its plans. Write your own catalog.yaml`,
      ]);
    });

    it('in its own words and in ours, and in nothing else', () => {
      write('catalog.yaml', catalog);
      write(
        'articles/seats.md',
        article(
          'Seats',
          'In Meridian, go to Settings, Billing. The Team plan has five, and Starter one.\nA starter on your team is free.',
        ),
      );
      const [names, seats] = [leftovers(), join(own, 'articles/seats.md')];
      assert.deepEqual(
        names.filter((one) => one.startsWith(seats)),
        [
          `${seats}:4 “Meridian” is the company of our demo`,
          `${seats}:4 “Starter” is no plan in your catalog`,
          `${seats}:4 “Team” is no plan in your catalog`,
          `${seats}:4 “Settings, Billing” is where our demo sends customers`,
        ],
      );
      const places = names.filter((one) => one.includes('catalog.yaml'));
      assert.equal(places.length, 8);
      assert.match(places[0] ?? '', /places: without "usage" customers are sent to “Settings, Usage”$/);
      const others = names.filter((one) => !one.startsWith(own)).map((one) => one.slice(ours.length + 1));
      assert.ok(others.includes(`articles/export-your-data.md:5 “Starter” is no plan in your catalog`));
      assert.ok(
        others.includes(`articles/change-your-plan.md:5 “Settings, Billing” is where our demo sends customers`),
      );
      assert.ok(!others.some((one) => one.startsWith('causes/') || one.includes('status page')));
    });

    it('not in ours alone', () => assert.deepEqual(leftoversIn(readLayers([ours])), []));
  });
});

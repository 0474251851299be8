import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkedContent } from '../../src/content/checked.ts';
import { readKept, type Checked } from '../../src/content/kept.ts';
import { createLiveContent } from '../../src/content/live.ts';
import { madeOf } from '../../src/domain/made-of.ts';
import { watchContent } from '../../src/content/watch.ts';
import { codeOf } from '../../src/domain/errors.ts';
import { stampOf } from '../../src/knowledge/layers.ts';
import { loadRecognizer } from '../../src/language/model-file.ts';
import { copyContent } from '../knowledge/broken-content.ts';
import { keptLog } from '../support/fakes.ts';

describe('words that change while the product runs', () => {
  let ours = '';
  let own = '';
  let dataDir = '';
  before(() => (ours = copyContent()));
  beforeEach(() => {
    [own, dataDir] = [mkdtempSync(join(tmpdir(), 'latchkey-own-')), mkdtempSync(join(tmpdir(), 'latchkey-data-'))];
    mkdirSync(join(own, 'intents'));
  });
  afterEach(() => [own, dataDir].forEach((folder) => rmSync(folder, { recursive: true })));
  after(() => rmSync(ours, { recursive: true }));

  /** The product's words, and looks at them that nobody has to wait for. */
  async function started() {
    const log = keptLog();
    const folders = [ours, own];
    const first = await checkedContent(folders, dataDir);
    const of = ({ content, model }: Checked) => loadRecognizer(content, dataDir, undefined, model);
    const recognizerOf = (words: Checked) => Promise.resolve(of(words));
    const live = createLiveContent({ content: first.content, recognizer: of(first) });
    const watch = await watchContent({ folders, dataDir, live, recognizerOf, log });
    watch.stop();
    /** Until what was written has lain still for a look. */
    const settle = async () => [await watch.look(), await watch.look()];
    return { live, log, watch, settle };
  }

  it('are in use after the second look that finds them as they are', async () => {
    const { live, log, settle } = await started();
    const { content, recognizer } = live;
    assert.deepEqual(await settle(), [false, false]);
    writeFileSync(join(own, 'replies.yaml'), 'lines:\n  hello: "Ahoy!"\n');
    writeFileSync(join(own, 'intents/thanks.yaml'), 'utterances: [blorp zingo fap, blorp zingo mate, zingo blorp]\n');
    assert.equal((await recognizer.recognize('blorp zingo')).intent, null);
    assert.deepEqual(await settle(), [false, true]);
    assert.equal(content.replies.lines.hello, 'Ahoy!');
    assert.equal((await recognizer.recognize('blorp zingo')).intent, 'thanks');
    assert.deepEqual(await settle(), [false, false]);
    assert.deepEqual(log.lines.map(({ level }) => level), ['info']);
  });

  it('stay as they were where there is an error, which is told once, and are taken when it is mended', async () => {
    const { live, log, settle } = await started();
    const before = live.content.replies.lines.hello;
    writeFileSync(join(own, 'replies.yaml'), 'lines:\n  hello: "Ahoy {{wife}}"\n');
    assert.deepEqual([...(await settle()), ...(await settle())], [false, false, false, false]);
    assert.equal(live.content.replies.lines.hello, before);
    assert.match(JSON.stringify(log.lines), /replies\.yaml:2: \\"hello\\" has no fact \{\{wife\}\}/);
    assert.equal(log.lines.length, 1);
    writeFileSync(join(own, 'replies.yaml'), 'lines:\n  hello: "Ahoy there"\n');
    assert.deepEqual(await settle(), [false, true]);
    assert.equal(live.content.replies.lines.hello, 'Ahoy there');
  });

  it('are not taken while they are being copied', async () => {
    const { live, watch } = await started();
    for (const text of ['lines:\n  hello: "One"\n', 'lines:\n  hello: "Two, too"\n', 'lines:\n  hello: "Three now"\n']) {
      writeFileSync(join(own, 'replies.yaml'), text);
      assert.equal(await watch.look(), false);
    }
    assert.equal(await watch.look(), true);
    assert.equal(live.content.replies.lines.hello, 'Three now');
  });

  it('give another catalog to whoever holds the one of before', async () => {
    const { live, settle } = await started();
    const { catalog } = live.content;
    const names = madeOf(() => live.content.catalog.features, (features) => features.map(({ name }) => name));
    assert.equal(names(), names());
    assert.ok(names().includes('Export'));
    writeFileSync(
      join(own, 'catalog.yaml'),
      'company: Tidal\nplans: { one: { name: One, synonyms: [] } }\nmeters: {}\nfeatures: { mixing: { name: Mixing, synonyms: [], lowest-plan: one, meters: [] } }\n',
    );
    assert.deepEqual(await settle(), [false, true]);
    assert.equal(catalog.company, 'Tidal');
    assert.deepEqual(names(), ['Mixing']);
  });
});

/** How often others have their turn before something is done. */
async function turnsDuring(work: Promise<unknown>): Promise<number> {
  let [turns, isDone] = [0, false];
  const count = () => {
    turns += 1;
    if (!isDone) setImmediate(count);
  };
  setImmediate(count);
  await work;
  isDone = true;
  return turns;
}

describe('content that was checked', () => {
  let folder = '';
  let dataDir = '';
  beforeEach(() => ([folder, dataDir] = [copyContent(), mkdtempSync(join(tmpdir(), 'latchkey-data-'))]));
  afterEach(() => [folder, dataDir].forEach((one) => rmSync(one, { recursive: true })));

  it('is kept, and is the same when it is read again', async () => {
    const first = await checkedContent([folder], dataDir);
    assert.deepEqual(await readKept(dataDir, first.name), first);
    assert.deepEqual(await checkedContent([folder], dataDir), first);
  });

  it('is read in pieces, between which others have their turn', async () => {
    const many = Array.from({ length: 1_000 }, (_, at) => `Article ${at}`);
    for (const [at, title] of many.entries())
      writeFileSync(join(folder, `articles/many-${at}.md`), `---\ntitle: ${title}\n---\n${title}.\n`);
    const first = await checkedContent([folder], dataDir);
    assert.ok((await turnsDuring(readKept(dataDir, first.name))) >= 4);
    assert.deepEqual(await readKept(dataDir, first.name), first);
    assert.ok((await turnsDuring(stampOf([folder]))) >= 4);
  });

  it('is judged anew where what was kept cannot be read', async () => {
    const { name, content } = await checkedContent([folder], dataDir);
    writeFileSync(join(dataDir, `content-${name}.bin`), 'cut off');
    assert.deepEqual((await checkedContent([folder], dataDir)).content, content);
  });

  it('is not kept where it has an error', async () => {
    writeFileSync(join(folder, 'replies.yaml'), 'lines: 3\n');
    await assert.rejects(checkedContent([folder], dataDir), (error) => codeOf(error) === 'content-invalid');
    assert.deepEqual(readdirSync(dataDir), []);
  });

  it('leaves no more behind than what was before it', async () => {
    const { name } = await checkedContent([folder], dataDir);
    const kinds = ['content', 'utterances'];
    for (const kind of kinds)
      for (const [i, old] of ['a', 'b', 'c'].entries()) {
        const file = join(dataDir, `${kind}-${old}.bin`);
        copyFileSync(join(dataDir, `${kind}-${name}.bin`), file);
        utimesSync(file, i, i);
      }
    writeFileSync(join(folder, 'articles/new.md'), '---\ntitle: New\n---\nNew.\n');
    const { name: next } = await checkedContent([folder], dataDir);
    const left = kinds.flatMap((kind) => [name, next].map((one) => `${kind}-${one}.bin`));
    assert.deepEqual(readdirSync(dataDir).sort(), left.sort());
  });
});

import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { contentFolder } from '../../src/config.ts';
import type { ContentError } from '../../src/knowledge/content-error.ts';
import { copyContent, problemsAfter, problemsOf, write } from './broken-content.ts';
import { articles, intents, lists } from './mistakes.ts';
import { causePages } from './page-mistakes.ts';

describe('the content check', () => {
  let folder = '';
  /** The mistakes of the real content, which one test tells and not each. */
  let known: readonly ContentError[] = [];
  before(() => {
    folder = copyContent();
    known = problemsOf([folder]);
  });
  after(() => rmSync(folder, { recursive: true }));

  it('finds nothing wrong with the real content', () => {
    assert.deepEqual(problemsOf([contentFolder]), []);
  });

  const tables = {
    'a cause page that': causePages,
    'an article that': articles,
    'that in the lists': lists,
    'that among the intents': intents,
  };
  for (const [about, rows] of Object.entries(tables))
    for (const [what, change, where, says] of rows)
      it(`reports ${about} ${what}`, () => {
        const { problems, lineWith } = problemsAfter(folder, change);
        const isKnown = ({ file, message }: ContentError) =>
          known.some((one) => one.file === file && one.message === message);
        const [problem, ...others] = problems.filter((one) => !isKnown(one));
        assert.deepEqual(others, [], 'one mistake, one message');
        assert.equal(problem?.file, change.file);
        if (typeof says === 'string') assert.equal(problem.message, says);
        else assert.match(problem.message, says);
        assert.equal(problem.line, typeof where === 'number' ? where : lineWith(where));
      });

  it('reports everything at once, by file and line', () => {
    const text = 'lines: {}\nquestions: {}\ntopics: {}\nactions:\n  worked: It worked\ncommands: {}\nprompts: []\n';
    const { problems } = problemsAfter(folder, write('replies.yaml', text));
    assert.ok(problems.length > 60);
    const lines = problems.map(({ line }) => line);
    assert.deepEqual(
      lines,
      lines.toSorted((a, b) => a - b),
    );
  });
});

import assert from 'node:assert/strict';
import { Memory } from '../../src/web/widget/memory.ts';
import { UnsentMessages } from '../../src/web/widget/unsent-messages.ts';

describe('what was not sent yet', () => {
  it('is there after a reload, but for screenshots: words go without them, and nothing goes where there were none', () => {
    const shelf = new Map<string, string>();
    const memory = new Memory({
      getItem: (key) => shelf.get(key) ?? null,
      setItem: (key, value) => void shelf.set(key, value),
      removeItem: (key) => void shelf.delete(key),
    });
    const file = new File(['x'], 'image.png');
    const before = new UnsentMessages(memory);
    before.add({ id: 'words', text: 'see' }, file);
    before.add({ id: 'alone', text: '' }, file);
    before.add({ id: 'article', text: '', article: 'seats' });
    assert.equal(before.next && before.fileOf(before.next), file);
    const { all, next } = new UnsentMessages(memory);
    assert.deepEqual(
      all.map(({ id, screenshot }) => [id, screenshot]),
      [
        ['words', undefined],
        ['article', undefined],
      ],
    );
    assert.equal(next?.text, 'see');
  });
});

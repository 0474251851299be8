import { byId } from '../shared/dom.ts';
import type { Words } from '../shared/words/table.ts';

/** Bytes. */
const largest = 5_242_880;
const types = ['image/png', 'image/jpeg'];

/** The screenshot that goes with the next message: chosen, pasted or dropped, and shown until then. */
export interface Attachment {
  /** What is there, which is gone from here then; undefined: nothing. */
  take(): File | undefined;
  readonly isThere: boolean;
}

/**
 * Wires the button and what is pasted or dropped; `hint` tells why something is not taken. Where the page takes no files, all
 * are refused. What is pasted as text as well is pasted as that; a file that is dropped would replace the page.
 */
export function wireAttachment(words: Words, hint: (sentence: string) => void): Attachment {
  const takes = document.body.dataset.files === 'screenshots';
  const [attach, picker, chosen, name, remove] = ['attach', 'picker', 'chosen', 'file', 'remove'].map(byId) as [
    HTMLElement,
    HTMLInputElement,
    ...HTMLElement[],
  ];
  let file: File | undefined;

  function choose(next?: File): void {
    file = next;
    if (chosen) chosen.hidden = !next;
    if (name) name.textContent = next?.name ?? '';
    picker.value = '';
  }

  function offer(files: FileList | null | undefined): void {
    const found = [...(files ?? [])].find(({ type, size }) => types.includes(type) && size <= largest);
    if (!takes) hint(words.noFiles);
    else if (!found) hint(words.onlyScreenshots);
    else {
      hint('');
      choose(found);
      byId('field').focus();
    }
  }

  const hasFiles = (data: DataTransfer | null) => data?.types.includes('Files') === true;
  addEventListener('paste', ({ clipboardData: data }) => {
    if (hasFiles(data) && !data?.types.includes('text/plain')) offer(data?.files);
  });
  addEventListener('dragover', (event) => {
    if (hasFiles(event.dataTransfer)) event.preventDefault();
  });
  addEventListener('drop', (event) => {
    if (!hasFiles(event.dataTransfer)) return;
    event.preventDefault();
    offer(event.dataTransfer?.files);
  });
  attach.hidden = !takes;
  attach.addEventListener('click', () => picker.click());
  picker.addEventListener('change', () => offer(picker.files));
  remove?.addEventListener('click', () => {
    choose();
    byId('field').focus();
  });
  return {
    take() {
      const taken = file;
      choose();
      return taken;
    },
    get isThere() {
      return file !== undefined;
    },
  };
}

import { byId } from '../shared/dom.ts';
import { count, type Words } from '../shared/words/table.ts';
import type { Memory } from './memory.ts';

const limit = 4000;

/** Wires the field to write in: Enter sends, Shift+Enter breaks the line, a draft survives a reload, files are refused. */
export function wireComposer(memory: Memory, words: Words, send: (text: string) => void, typed: () => void): void {
  const form = byId('composer') as HTMLFormElement;
  const field = byId('field') as HTMLTextAreaElement;
  const hint = byId('hint');

  const fit = () => {
    field.style.blockSize = 'auto';
    field.style.blockSize = `${field.scrollHeight}px`;
    const left = limit - field.value.length;
    const forms = left < 0 ? words.tooMany : words.left;
    hint.textContent = left > 200 ? '' : count(words.language, forms, Math.abs(left));
    field.setAttribute('aria-invalid', String(left < 0));
    memory.keep('draft', field.value || null);
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (!text || field.value.length > limit) return;
    field.value = '';
    fit();
    send(text);
    field.focus();
  });
  field.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  // A closed chat has no height.
  for (const event of ['input', 'focus']) field.addEventListener(event, fit);
  field.addEventListener('input', () => field.value !== '' && typed());
  field.placeholder = words.placeholder;
  refuseFiles(() => (hint.textContent = words.noFiles));
  field.value ||= memory.read('draft') ?? '';
  fit();
  // What is typed before this could not be sent.
  field.disabled = false;
}

/** Files cannot be taken. What is pasted as text as well is pasted as that; a file that is dropped would replace the page. */
function refuseFiles(refuse: () => void): void {
  const hasFiles = (data: DataTransfer | null) => data?.types.includes('Files') === true;
  addEventListener('paste', ({ clipboardData: data }) => {
    if (hasFiles(data) && !data?.types.includes('text/plain')) refuse();
  });
  addEventListener('dragover', (event) => {
    if (hasFiles(event.dataTransfer)) event.preventDefault();
  });
  addEventListener('drop', (event) => {
    if (!hasFiles(event.dataTransfer)) return;
    event.preventDefault();
    refuse();
  });
}

import { byId } from '../shared/dom.ts';
import { count, type Words } from '../shared/words/table.ts';
import { wireAttachment } from './attachment.ts';
import type { Memory } from './memory.ts';

const limit = 4000;

/** Wires the field to write in: Enter sends, Shift+Enter breaks the line, a draft survives a reload, a screenshot goes with the text or alone. */
export function wireComposer(
  memory: Memory,
  words: Words,
  send: (text: string, file?: File) => void,
  typed: () => void,
): void {
  const form = byId('composer') as HTMLFormElement;
  const field = byId('field') as HTMLTextAreaElement;
  const hint = byId('hint');
  const attachment = wireAttachment(words, (sentence) => (hint.textContent = sentence));

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
    if ((!text && !attachment.isThere) || field.value.length > limit) return;
    field.value = '';
    fit();
    send(text, attachment.take());
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
  field.value ||= memory.read('draft') ?? '';
  fit();
  // What is typed before this could not be sent.
  field.disabled = false;
}

import { byId } from '../shared/dom.ts';
import type { Memory } from './memory.ts';

const limit = 4000;

/** Wires the field to write in: Enter sends, Shift+Enter breaks the line, a draft survives a reload. */
export function wireComposer(memory: Memory, send: (text: string) => void, typed: () => void): void {
  const form = byId('composer') as HTMLFormElement;
  const field = byId('field') as HTMLTextAreaElement;
  const count = byId('count');

  const fit = () => {
    field.style.blockSize = 'auto';
    field.style.blockSize = `${String(field.scrollHeight)}px`;
    const left = limit - field.value.length;
    count.textContent = left > 200 ? '' : left < 0 ? `${-left} characters too many` : `${left} characters left`;
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
  field.addEventListener('input', () => {
    fit();
    if (field.value !== '') typed();
  });
  field.value ||= memory.read('draft') ?? '';
  fit();
  // What is typed before this could not be sent.
  field.disabled = false;
}

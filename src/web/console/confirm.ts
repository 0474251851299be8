import { byId } from '../shared/dom.ts';

let answer: (yes: boolean) => void = () => undefined;

/** Asks before something that another person would notice; Escape is a no. */
export function confirmed(question: string, yes: string): Promise<boolean> {
  const dialog = byId('confirm') as HTMLDialogElement;
  byId('question').textContent = question;
  byId('yes').textContent = yes;
  answer(false);
  dialog.returnValue = '';
  // The event of a dialog that was closed comes late: it may be open again.
  dialog.onclose = () => !dialog.open && answer(dialog.returnValue === 'yes');
  dialog.showModal();
  return new Promise((resolve) => (answer = resolve));
}

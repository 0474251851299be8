import type { TicketCounts } from '../../tickets/console-json.ts';
import { byId, el } from '../shared/dom.ts';

/** How an agent is told of news while they look elsewhere; off unless they switch it on in this browser. */
interface AlertChoice {
  readonly notify: boolean;
  readonly sound: boolean;
}

const key = 'latchkey.console.alerts';
let choice = readChoice();

function readChoice(): AlertChoice {
  try {
    return { notify: false, sound: false, ...(JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<AlertChoice>) };
  } catch {
    return { notify: false, sound: false };
  }
}

function keepChoice(now: AlertChoice): void {
  choice = now;
  try {
    localStorage.setItem(key, JSON.stringify(now));
  } catch {
    // It lasts as long as the page.
  }
}

/** Tells of what came in since these counts. Nothing of a customer is in it: it may stand on a locked screen. */
export function alertOf(before: TicketCounts, now: TicketCounts): void {
  if (!document.hidden) return;
  const written = now.unread > before.unread;
  if (!written && now.waiting <= before.waiting) return;
  if (choice.sound) beep();
  if (choice.notify && 'Notification' in globalThis && Notification.permission === 'granted')
    new Notification(written ? 'A customer wrote to you' : 'A new ticket waits', { tag: 'latchkey' });
}

/** A short, quiet tone. */
function beep(): void {
  const audio = new AudioContext();
  const [tone, volume] = [audio.createOscillator(), audio.createGain()];
  tone.frequency.value = 660;
  volume.gain.setValueAtTime(0.08, audio.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + 0.25);
  tone.connect(volume).connect(audio.destination);
  tone.start();
  tone.stop(audio.currentTime + 0.25);
  tone.onended = () => void audio.close();
}

/** Fills the dialog in which an agent chooses. */
export function alertChoices(): void {
  const dialog = byId('alerts') as HTMLDialogElement;
  const hint = el('p', { class: 'quiet', role: 'status' });
  byId('show-alerts').addEventListener('click', () => {
    hint.textContent = '';
    dialog.replaceChildren(
      el('h2', { id: 'alerts-title' }, 'Alerts'),
      el(
        'p',
        {},
        'When a customer writes to you or a new ticket waits, and this page is not in front. Kept in this browser.',
      ),
      box('Browser notification', choice.notify, (on) => void notify(on)),
      box('Sound', choice.sound, (sound) => {
        keepChoice({ ...choice, sound });
        if (sound) beep();
      }),
      hint,
      el('form', { method: 'dialog' }, el('button', { autofocus: '' }, 'Close')),
    );
    dialog.showModal();
  });

  async function notify(on: boolean): Promise<void> {
    const allowed = !on || ('Notification' in globalThis && (await Notification.requestPermission()) === 'granted');
    keepChoice({ ...choice, notify: on && allowed });
    hint.textContent = allowed ? '' : 'This browser does not allow it: see its settings for this site.';
  }
}

function box(label: string, on: boolean, change: (on: boolean) => void): HTMLElement {
  const input = el('input', { type: 'checkbox', ...(on && { checked: '' }) });
  input.addEventListener('change', () => change(input.checked));
  return el('p', {}, el('label', {}, input, ` ${label}`));
}

import type { DialogContext, DialogInstance, DialogReason, DialogTurnResult } from 'botbuilder-dialogs';
// Not from its index, which reads every language that its prompts know: 0.3 s and 40 MB that no dialog here uses.
import { Dialog } from 'botbuilder-dialogs/lib/dialog.js';
import type { TurnContext } from 'botbuilder';
import type { Action, Reply } from '../src/domain/reply.ts';
import { isBareAnswer } from './bare-answer.ts';
import type { DialogId, DialogOptions } from './dialog-options.ts';
import type { Asked } from './memory.ts';
import { turnOf, type Turn } from './turn.ts';

/** What comes after a step. */
export type Next<Step extends string> =
  | WaitForAnswer<Step>
  /** Another step, at once. */
  | { readonly go: Step }
  | BeginDialog<Step>
  /** The end of this dialog. */
  | { readonly end: unknown }
  /** The words are not for this dialog: it stays where it is, and the root finds one that takes them. */
  | 'pass'
  /** The same, and what was asked is no longer of interest. */
  | 'leave';

/** The customer's answer, which the step `waitFor` takes. */
interface WaitForAnswer<Step> {
  readonly waitFor: Step;
  readonly actions: readonly Action[];
  readonly asked?: Asked;
  /** After a bare yes or no it is asked once more; another one comes to the step as `skip`. */
  readonly inWords?: boolean;
}

/** Another dialog; its result goes to the step `then`. */
type BeginDialog<Step extends string> = {
  [Id in DialogId]: { readonly begin: Id; readonly options?: DialogOptions[Id]; readonly then: Step };
}[DialogId];

/** One step of a dialog; `result` is what the dialog it began gave back. */
export type StepHandler<Saved, Step extends string> = (
  turn: Turn,
  saved: Saved,
  result: unknown,
) => Next<Step> | Promise<Next<Step>>;

interface Position<Saved, Step> {
  at: Step;
  then: Step | null;
  actions: readonly Action[];
  /** What a bare yes or no means. */
  asked: Asked | null;
  /** Whether it is to be answered in words; `again`: that was said. */
  inWords: boolean | 'again';
  /** What was asked, to be asked again after something else; null: what the buttons are for is plain. */
  question: Reply | null;
  saved: Saved;
}

/**
 * A dialog whose steps have names. What is stored is the name of the step that waits, not its number, so that adding
 * or reordering steps never resumes an old conversation at the wrong one (as a WaterfallDialog does).
 */
export class StepsDialog<Saved extends object, Step extends string> extends Dialog {
  readonly #first: Step;
  readonly #steps: Readonly<Record<Step, StepHandler<Saved, Step>>>;
  readonly #fresh: () => Saved;

  /** `steps` in the order of the conversation; the first one begins. `fresh` makes what the dialog saves between turns. */
  constructor(id: DialogId, fresh: () => Saved, steps: Readonly<Record<Step, StepHandler<Saved, Step>>>) {
    super(id);
    this.#fresh = fresh;
    this.#steps = steps;
    this.#first = Object.keys(steps)[0] as Step;
  }

  /** Whether a stored instance can be continued by this version of the dialog. */
  knows(state: unknown): boolean {
    const position = state as Partial<Position<Saved, string>> | undefined;
    const has = (step: string) => Object.hasOwn(this.#steps, step);
    if (typeof position?.at !== 'string' || !has(position.at) || typeof position.saved !== 'object') return false;
    return typeof position.then !== 'string' || has(position.then);
  }

  override beginDialog(dc: DialogContext, options: object = {}): Promise<DialogTurnResult> {
    const position: Position<Saved, Step> = {
      at: this.#first,
      then: null,
      actions: [],
      asked: null,
      inWords: false,
      question: null,
      saved: { ...this.#fresh(), ...options },
    };
    instanceOf(dc).state = position;
    return this.#run(dc, position, this.#first, undefined);
  }

  override continueDialog(dc: DialogContext): Promise<DialogTurnResult> {
    const position = instanceOf(dc).state as Position<Saved, Step>;
    const turn = turnOf(dc.context);
    if (position.inWords && isBareAnswer(turn.recognized)) {
      if (position.inWords !== 'again') return askInWords(turn, position);
      turn.recognized = { ...turn.recognized, intent: 'skip' };
    }
    return this.#run(dc, position, position.at, undefined);
  }

  override async resumeDialog(dc: DialogContext, _: DialogReason, result?: unknown): Promise<DialogTurnResult> {
    const position = instanceOf(dc).state as Position<Saved, Step>;
    if (position.then !== null) return this.#run(dc, position, position.then, result);
    await this.repromptDialog(dc.context, instanceOf(dc));
    return Dialog.EndOfTurn;
  }

  /** Asks again what waits for an answer, with its buttons. */
  override repromptDialog(context: TurnContext, { state }: DialogInstance): Promise<void> {
    const { question, actions, asked } = state as Position<Saved, Step>;
    const turn = turnOf(context);
    if (question) turn.replies.push({ ...question, actions: [] });
    turn.offer(actions, asked);
    return Promise.resolve();
  }

  async #run(
    dc: DialogContext,
    position: Position<Saved, Step>,
    name: Step,
    result: unknown,
  ): Promise<DialogTurnResult> {
    const turn = turnOf(dc.context);
    position.then = null;
    const next = await this.#steps[name](turn, position.saved, result);
    if (next === 'pass' || next === 'leave') {
      turn.passed = true;
      if (next === 'leave') await dc.cancelAllDialogs();
      return Dialog.EndOfTurn;
    }
    if ('go' in next) return this.#run(dc, position, next.go, undefined);
    if ('end' in next) return dc.endDialog(next.end);
    if ('begin' in next) {
      position.then = next.then;
      return dc.beginDialog(next.begin, next.options);
    }
    position.at = next.waitFor;
    position.actions = next.actions;
    position.asked = next.asked ?? null;
    position.inWords = next.inWords ?? false;
    position.question = questionOf(turn.replies.at(-1));
    turn.offer(next.actions, position.asked);
    return Dialog.EndOfTurn;
  }
}

function askInWords(turn: Turn, position: Position<unknown, unknown>): Promise<DialogTurnResult> {
  position.inWords = 'again';
  turn.say('in-words', {}, { kind: 'choice' });
  turn.offer(position.actions, position.asked);
  return Promise.resolve(Dialog.EndOfTurn);
}

/** A reply that makes no sense of its buttons without being read. */
function questionOf(reply: Reply | undefined): Reply | null {
  return reply?.kind === 'choice' || reply?.kind === 'feedback' ? reply : null;
}

/** The stored instance of the dialog that is running; botbuilder types it as possibly missing. */
function instanceOf(dc: DialogContext): DialogInstance {
  if (!dc.activeDialog) throw new Error('no dialog is active');
  return dc.activeDialog;
}

import {
  Dialog,
  type DialogContext,
  type DialogInstance,
  type DialogReason,
  type DialogTurnResult,
} from 'botbuilder-dialogs';
import type { TurnContext } from 'botbuilder-core';
import type { Action, Reply } from '../src/domain/reply.ts';
import { talkOf, type Talk } from './talk.ts';

/** What comes after a step. */
export type Next =
  /** The customer's answer, which the step `hear` takes. */
  | { readonly hear: string; readonly actions: readonly Action[] }
  /** Another step, at once. */
  | { readonly go: string }
  /** Another dialog; its result goes to the step `then`. */
  | { readonly begin: string; readonly options?: object; readonly then: string }
  /** The end of this dialog. */
  | { readonly end: unknown }
  /** The words are not for this dialog: it stays where it is, and the root finds one that takes them. */
  | 'pass';

/** One step of a dialog; `result` is what the dialog it began gave back. */
export type Step<Saved> = (talk: Talk, saved: Saved, result: unknown) => Next | Promise<Next>;

interface Place<Saved> {
  at: string;
  then: string | null;
  actions: readonly Action[];
  /** What was asked, to be asked again after something else; null: what the buttons are for is plain. */
  question: ReplyText | null;
  saved: Saved;
}

type ReplyText = Pick<Reply, 'kind' | 'text'>;

/**
 * A dialog whose steps have names. What is stored is the name of the step that waits, not its number, so that adding
 * or reordering steps never resumes an old conversation at the wrong one (as a WaterfallDialog does).
 */
export class StepsDialog<Saved extends object> extends Dialog {
  readonly #first: string;
  readonly #steps: Readonly<Record<string, Step<Saved>>>;
  readonly #fresh: () => Saved;

  /** `steps` in the order of the talk; the first one begins. `fresh` makes what the dialog saves between turns. */
  constructor(id: string, fresh: () => Saved, steps: Readonly<Record<string, Step<Saved>>>) {
    super(id);
    this.#fresh = fresh;
    this.#steps = steps;
    this.#first = Object.keys(steps)[0] ?? '';
  }

  /** Whether a stored instance can be continued by this version of the dialog. */
  knows(state: unknown): boolean {
    const place = state as Partial<Place<Saved>> | undefined;
    const has = (step: string) => Object.hasOwn(this.#steps, step);
    if (typeof place?.at !== 'string' || !has(place.at) || typeof place.saved !== 'object') return false;
    return typeof place.then !== 'string' || has(place.then);
  }

  override beginDialog(dc: DialogContext, options: object = {}): Promise<DialogTurnResult> {
    const place: Place<Saved> = {
      at: this.#first,
      then: null,
      actions: [],
      question: null,
      saved: { ...this.#fresh(), ...options },
    };
    instanceOf(dc).state = place;
    return this.#run(dc, place, this.#first, undefined);
  }

  override continueDialog(dc: DialogContext): Promise<DialogTurnResult> {
    const place = instanceOf(dc).state as Place<Saved>;
    return this.#run(dc, place, place.at, undefined);
  }

  override async resumeDialog(dc: DialogContext, _: DialogReason, result?: unknown): Promise<DialogTurnResult> {
    const place = instanceOf(dc).state as Place<Saved>;
    if (place.then !== null) return this.#run(dc, place, place.then, result);
    await this.repromptDialog(dc.context, instanceOf(dc));
    return Dialog.EndOfTurn;
  }

  /** Asks again what waits for an answer, with its buttons. */
  override repromptDialog(context: TurnContext, { state }: DialogInstance): Promise<void> {
    const { question, actions } = state as Place<Saved>;
    const talk = talkOf(context);
    if (question) talk.replies.push({ ...question, actions: [] } as Reply);
    talk.offer(actions);
    return Promise.resolve();
  }

  async #run(dc: DialogContext, place: Place<Saved>, name: string, result: unknown): Promise<DialogTurnResult> {
    const talk = talkOf(dc.context);
    const step = this.#steps[name];
    if (!step) throw new Error(`the dialog "${this.id}" has no step "${name}"`);
    place.then = null;
    const next = await step(talk, place.saved, result);
    if (next === 'pass') {
      talk.passed = true;
      return Dialog.EndOfTurn;
    }
    if ('go' in next) return this.#run(dc, place, next.go, undefined);
    if ('end' in next) return dc.endDialog(next.end);
    if ('begin' in next) {
      place.then = next.then;
      return dc.beginDialog(next.begin, next.options);
    }
    place.at = next.hear;
    place.actions = next.actions;
    place.question = questionOf(talk.replies.at(-1));
    talk.offer(next.actions);
    return Dialog.EndOfTurn;
  }
}

/** A reply that makes no sense of its buttons without being read. */
function questionOf(reply: Reply | undefined): ReplyText | null {
  return reply?.kind === 'choice' || reply?.kind === 'feedback' ? { kind: reply.kind, text: reply.text } : null;
}

/** The stored instance of the dialog that is running; botbuilder types it as possibly missing. */
function instanceOf(dc: DialogContext): DialogInstance {
  if (!dc.activeDialog) throw new Error('no dialog is active');
  return dc.activeDialog;
}

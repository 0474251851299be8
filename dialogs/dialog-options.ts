import type { DialogContext, DialogTurnResult } from 'botbuilder-dialogs';
import type { AnswerRated, TicketClosed } from '../src/domain/activity.ts';

/** What each dialog may be begun with. */
export interface DialogOptions {
  readonly 'access-denied': {
    feature?: string | null;
    /** The same complaint, taken up again: its words and steps are kept. */
    again?: boolean;
    /** The complaint was made before, and waited for the account. */
    known?: boolean;
    /** It may be no complaint at all: that is asked first. */
    unsure?: boolean;
    /** The same complaint: the customer says that it works now. */
    works?: boolean;
    /** The same complaint: the customer contradicts. */
    objects?: boolean;
  };
  readonly 'account-question': object;
  readonly 'ask-article': {
    /** The article and nothing more: something else was said besides. */
    brief?: boolean;
  };
  readonly 'ask-solved': Pick<TicketClosed, 'ticket' | 'by' | 'atDesk'>;
  readonly 'check-account': object;
  readonly 'hand-off': object;
  readonly 'other-topic': object;
  readonly 'sign-in-trouble': object;
  readonly 'withdraw-ticket': {
    /** The customer says that it works now. */
    works?: boolean;
  };
  readonly 'link-account': object;
  readonly 'rate-answer': {
    /** The article that was the answer; null: the verdict was. */
    article?: string | null;
    /** The ids of its steps, which can be asked for. */
    steps?: readonly string[];
    /** It is judged already; null: that is asked. */
    rated?: Pick<AnswerRated, 'of' | 'answered' | 'reason'> | null;
  };
  readonly 'read-steps': {
    article?: string;
    steps?: readonly string[];
    /** The customer asked to hear the steps again; otherwise none is read twice. */
    again?: boolean;
  };
}

/** The id of a dialog: the intent that starts it, where one does. */
export type DialogId = keyof DialogOptions;

/** Begins a dialog on top of the others. */
export function begin<Id extends DialogId>(
  dc: DialogContext,
  id: Id,
  options?: DialogOptions[Id],
): Promise<DialogTurnResult> {
  return dc.beginDialog(id, options);
}

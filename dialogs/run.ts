import { BotAdapter, TurnContext } from 'botbuilder-core';
import { DialogContext, DialogSet } from 'botbuilder-dialogs';
import type { Wire } from '../src/domain/ports.ts';
import { conversations } from './index.ts';
import type { State } from './memory.ts';
import { runRoot } from './root.ts';
import type { Services } from './services.ts';
import { carryTalk, type Talk } from './talk.ts';

/** The dialogs as a turn uses them. */
export interface Dialogs {
  /** Whether this version of the dialogs can go on with a stored stack. */
  canContinue(stack: State['stack']): boolean;
  /** Runs one turn; the talk collects what is said. The stack after it; the instances of `stack` are changed. */
  run(activity: Wire, stack: State['stack'], talk: Talk): Promise<State['stack']>;
}

/** The dialogs, ready to run. */
export function createDialogs(services: Services): Dialogs {
  const dialogs = conversations(services);
  const set = new DialogSet();
  for (const dialog of dialogs) set.add(dialog);
  return {
    canContinue: (stack) => stack.every(({ id, state }) => dialogs.find((one) => one.id === id)?.knows(state) ?? false),
    async run(activity, stack, talk) {
      const context = new TurnContext(silent, { ...activity });
      carryTalk(context, talk);
      const dc = new DialogContext(set, context, { dialogStack: [...stack] });
      await runRoot(dc, services);
      return dc.stack;
    },
  };
}

/** Replies go through the talk and are stored before they are sent, so a dialog that sends by itself is a mistake. */
class SilentAdapter extends BotAdapter {
  override sendActivities = refuse;
  override updateActivity = refuse;
  override deleteActivity = refuse;
  override continueConversation = refuse;
}

function refuse(): Promise<never> {
  return Promise.reject(new Error('say it through the talk'));
}

const silent = new SilentAdapter();

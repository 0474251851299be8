import { accessDenied } from './access-denied.ts';
import { accountQuestion } from './account-question.ts';
import { askArticle } from './ask-article.ts';
import { askSolved } from './ask-solved.ts';
import { checkAccount } from './check-account.ts';
import { handOff } from './hand-off.ts';
import { rateAnswer } from './rate-answer.ts';
import { readSteps } from './read-steps.ts';
import { linkAccount } from './link-account.ts';
import { otherTopic } from './other-topic.ts';
import { signInTrouble } from './sign-in-trouble.ts';
import { withdrawTicket } from './withdraw-ticket.ts';
import type { Services } from './services.ts';

/** LIST 1: every conversation. Its id is the intent that starts it; some are only begun by others. */
export const conversations = (needs: Services) =>
  [
    accessDenied(needs),
    askArticle(needs),
    checkAccount(needs),
    handOff(needs),
    readSteps(),
    rateAnswer(needs),
    askSolved(needs),
    linkAccount(needs),
    accountQuestion(needs),
    signInTrouble(needs),
    otherTopic(needs),
    withdrawTicket(needs),
  ] as const;

import type { Conversations, StoredActivity } from '../../domain/ports.ts';
import type { Reply } from '../../domain/reply.ts';

/** The label that was chosen from the buttons of a reply; null: something else was said, or nothing. */
export type FindChosen = (conversationId: string, seq: number) => Promise<string | null>;

/** A few of ours may stand between the buttons and the answer. */
const lookAhead = 20;

/** Looks among what came after the reply. */
export function createFindChosen(conversations: Pick<Conversations, 'activitiesAfter'>): FindChosen {
  return async (id, seq) => {
    const [asked, ...after] = await conversations.activitiesAfter(id, seq - 1, lookAhead);
    return asked?.seq === seq && asked.type === 'reply' ? chosenIn(asked.reply, after) : null;
  };
}

/** What was said first counts; of an answer's judgements, the last one. */
function chosenIn(reply: Reply, after: readonly StoredActivity[]): string | null {
  const said = after.find(({ type }) => type === 'message');
  if (said?.type === 'message') return reply.actions.find(({ label }) => label === said.text)?.label ?? null;
  const rates = reply.kind === 'feedback' ? reply.rates : undefined;
  const rated = after.flatMap((one) => (one.type === 'event' && one.name === 'answer-rated' ? [one] : [])).at(-1);
  if (!rated || !rates) return null;
  const { article, cause } = rated.of;
  const means = article !== rates.article || cause !== rates.cause ? null : rated.answered ? 'yes' : 'no';
  return reply.actions.find((one) => one.means === means)?.label ?? null;
}

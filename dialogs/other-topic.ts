import { topics } from './intents.ts';
import { StepsDialog } from './steps-dialog.ts';
import type { Services } from './services.ts';
import type { Turn } from './turn.ts';

/** Names what is not ours to answer in one sentence, and brings it to a person with one tap, or when it is said again. */
export function otherTopic(needs: Pick<Services, 'clock' | 'securityContact'>) {
  return new StepsDialog<object, 'tell' | 'finish'>('other-topic', () => ({}), {
    tell(turn) {
      const topic = topics.find((one) => one === turn.recognized.subIntent) ?? 'bug';
      if (turn.memory.topic === topic) return { begin: 'hand-off', then: 'finish' };
      turn.memory.topic = topic;
      turn.recordComplaint(turn.recognized, needs.clock.now());
      turn.reply(lineOf(turn, topic, needs.securityContact));
      turn.offerPerson();
      return { end: undefined };
    },
    finish: () => ({ end: undefined }),
  });
}

function lineOf({ words }: Turn, topic: string, securityContact: string | null): string {
  const told = [
    words.topic(topic).line,
    topic === 'security' && securityContact !== null && words.line('security-contact', { contact: securityContact }),
  ];
  return told.filter(Boolean).join(' ');
}

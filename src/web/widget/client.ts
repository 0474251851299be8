import type { ActivitySet, WireActivity } from '../../domain/direct-line.ts';
import { Connection } from './connection.ts';
import { SessionStore } from './session-store.ts';
import type { Unsent } from '../shared/transcript.ts';
import type { ClientNeeds } from './client-needs.ts';
import type { Denied } from './host-messages.ts';
import { Guest, nobody } from './guest.ts';
import { UnsentMessages } from './unsent-messages.ts';
import { Sender } from './sender.ts';
import type { ChatSession } from './memory.ts';
import { typingTeller } from './reading.ts';
import { SeenTeller } from './seen-teller.ts';
import { tellOutcomeOf } from './tell-outcome.ts';
import { revoke } from './tokens.ts';
import { Typing } from './typing.ts';
import { Transcript, isOwn } from '../shared/transcript.ts';

/** `waiting` is for the host page's identity, `blocked` for a Try again. */
export type Status = 'idle' | 'connecting' | 'waiting' | 'online' | 'reconnecting' | 'blocked';

/** A Direct Line 3.0 client that loses no message: it keeps, resends, reconnects, renews and begins anew. */
export class Client {
  readonly transcript = new Transcript();
  status: Status = 'idle';
  /** Why it is blocked, as a sentence for the customer. */
  sentence = '';
  readonly #needs: ClientNeeds;
  readonly #unsent: UnsentMessages;
  readonly #sessions: SessionStore;
  readonly #sender: Sender;
  readonly #connection: Connection;
  readonly #seen: SeenTeller;
  readonly #typing: Typing;
  readonly #echoes = new Set<string>();
  readonly #tellTyping: (session: ChatSession) => void;
  readonly #guest: Guest;

  constructor(needs: ClientNeeds) {
    this.#needs = needs;
    this.#guest = new Guest(needs.memory);
    this.#unsent = new UnsentMessages(needs.memory);
    this.#sessions = new SessionStore(needs.memory, needs.fetch);
    this.#seen = new SeenTeller(needs, this.#sessions);
    this.#typing = new Typing(needs.changed);
    this.#tellTyping = typingTeller(needs.fetch);
    const ended = () => this.#startOver();
    this.#sender = new Sender(needs, this.#sessions, this.#unsent, { accepted: this.#accepted, ended });
    this.#connection = new Connection(needs, this.#sessions, {
      ready: (run) => void this.#sender.send(run),
      online: () => this.#show('online'),
      lost: () => this.#show('reconnecting'),
      frame: this.#take,
      ended,
      refused: (identity) => this.#refused(identity),
      blocked: (sentence) => {
        this.sentence = sentence || needs.words.cannotStart;
        this.#stop('blocked');
      },
    });
  }

  get entries() {
    return this.transcript.entries(this.#unsent.all.filter(({ article }) => article === undefined));
  }

  get typing(): boolean {
    return this.#typing.now;
  }

  /** The conversation that is open, or remembered from before; null: there is none. */
  get session(): ChatSession | null {
    return this.#sessions.session;
  }

  /** Whether there is a list of this person's conversations: for who is signed in, on our own server. */
  get hasPast(): boolean {
    const { session } = this.#sessions;
    return this.#guest.isKnown && session?.started === true && session.domain === undefined;
  }

  /** The number of the last message that was shown. */
  get seenSeq(): number {
    return this.#seen.seq;
  }

  /** How many messages of ours were not shown yet, in other conversations too. */
  get unread(): number {
    return this.transcript.receivedAfter(this.#seen.seq) + (this.session?.elsewhere ?? 0);
  }

  /** All that is there is shown to the customer now. */
  see(): void {
    this.#seen.show(this.transcript.lastSeq);
  }

  /** The customer writes: whoever answers sees it. */
  typed(): void {
    const { person, waits } = this.transcript;
    if (this.session && (person !== null || waits)) this.#tellTyping(this.session);
  }

  /** Goes on in another conversation. */
  goTo(session: ChatSession): void {
    this.transcript.clear();
    this.#leave();
    this.#sessions.keep(session);
    this.start();
  }

  /** Resumes the remembered conversation or begins one; does nothing when that is under way. */
  start(): void {
    if (this.status === 'connecting' || this.status === 'online' || this.status === 'reconnecting') return;
    if (!this.session && this.#guest.isAwaited) {
      this.#show('waiting');
      this.#needs.wantIdentity();
      return;
    }
    this.#show('connecting');
    const next = this.session ? nobody : this.#guest.take();
    if (!this.session) this.#needs.memory.keep('nobody', next.unconfirmed ? true : null);
    this.#connection.start(next);
  }

  /** Sends a text, a screenshot or both, now or as soon as it is possible. */
  send(text: string, file?: File): void {
    this.#needs.memory.keep('nobody', null);
    this.#unsent.add({ id: this.#needs.newId(), text }, file);
    this.#sendAll();
  }

  /** Begins another conversation of the same person; this one stays above a note. */
  beginAnew(): void {
    this.#guest.anew = true;
    this.#beginBelow(this.#needs.words.begun);
  }

  /** Tells from which article's page the customer comes. */
  comesFrom(article: string): void {
    this.#unsent.add({ id: this.#needs.newId(), text: '', article });
    this.#sendAll();
  }

  /** Sends a refused message again. */
  resend(id: string): void {
    this.#unsent.retry(id);
    this.#sendAll();
  }

  /** Takes an identity from the host page (null: it could not get one, undefined: it has none to give), and what it says that it
   * refused; `used`: another is asked for when one is needed. Another person, or a denial that is new, begins another talk. */
  identify(identity: string | null | undefined, denied?: Denied, used = false): void {
    const means = this.#guest.hear(identity, denied, used, this.session !== null);
    if (means === 'nothing') return;
    const active = this.status !== 'idle';
    if (means !== 'same') this.#forget(means === 'another-with-unsent');
    if (active) this.start();
  }

  /** Forgets the person, the conversation and everything not sent. */
  logout(): void {
    this.#forget(false);
    this.#guest.forget();
    this.#needs.memory.forget();
  }

  /** The host page may have a fresh one, once; without it the talk goes on with nobody. */
  #refused(identity: string): void {
    const wasAsked = this.#guest.refuse(identity);
    this.#stop('waiting');
    if (wasAsked) this.identify(null);
    else this.#needs.wantIdentity();
  }

  #sendAll(): void {
    this.#needs.changed();
    if (this.#sessions.session?.started) void this.#sender.send(this.#connection.run);
  }

  readonly #accepted = ({ id, text, article, screenshot }: Unsent, activityId: string): void => {
    this.#unsent.remove(id);
    if (article !== undefined) return;
    const [from, timestamp] = [{ role: 'user' }, new Date().toISOString()];
    const channelData = { clientActivityID: id, screenshots: screenshot ? [''] : [] };
    this.transcript.add({ type: 'message', id: activityId, from, text, timestamp, channelData });
    // A person may take their time, and is not seen typing.
    if (this.transcript.last?.id === activityId && this.transcript.person === null) this.#theyType();
    else this.#typing.end();
    this.#connection.watch(5000, () => !this.#echoes.has(id));
    this.#needs.changed();
  };

  readonly #take = ({ activities = [] }: Partial<ActivitySet>): void => {
    for (const activity of activities) this.#takeOne(activity);
    this.#needs.changed();
  };

  #takeOne(activity: WireActivity): void {
    const sent = activity.channelData?.clientActivityID;
    if (sent) {
      this.#echoes.add(sent);
      this.#unsent.remove(sent);
    }
    if (activity.type === 'typing' && !isOwn(activity)) this.#theyType();
    if (!this.transcript.add(activity) || isOwn(activity)) return;
    this.#typing.end();
    tellOutcomeOf(activity, this.transcript, this.#needs);
  }

  /** A person who writes on says so again and again. */
  #theyType(): void {
    this.#typing.begin(this.transcript.person === null ? 15_000 : 6000);
  }

  #forget(keepUnsent: boolean): void {
    if (this.#sessions.session) revoke(this.#needs.fetch, this.#sessions.session);
    if (!keepUnsent) this.#unsent.clear();
    this.transcript.clear();
    this.#leave();
  }

  /** The server knows the conversation no more: a new one takes what was not sent. */
  #startOver(): void {
    this.#beginBelow(this.#needs.words.ended);
  }

  #beginBelow(note: string): void {
    this.transcript.startOver(note);
    this.#leave();
    this.start();
  }

  #leave(): void {
    this.#sessions.keep(null);
    this.#seen.forget();
    this.#needs.memory.keep('told', null);
    this.#stop('idle');
  }

  #stop(status: Status): void {
    this.#connection.stop();
    this.#typing.end();
    this.#show(status);
  }

  #show(status: Status): void {
    this.status = status;
    this.#needs.changed();
  }
}

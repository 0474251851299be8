import type { ActivitySet, WireActivity } from '../../domain/direct-line.ts';
import { Connection } from './connection.ts';
import { SessionStore } from './session-store.ts';
import type { Unsent } from '../shared/transcript.ts';
import type { ClientNeeds } from './client-needs.ts';
import { UnsentMessages } from './unsent-messages.ts';
import { denialOf, subjectOf } from './identity-claims.ts';
import { Sender } from './sender.ts';
import type { ChatSession } from './memory.ts';
import { sayTyping } from './reading.ts';
import { SeenTeller } from './seen-teller.ts';
import { revoke } from './tokens.ts';
import { Transcript, isOwn } from '../shared/transcript.ts';

/** `waiting` is for the host page's identity, `blocked` for a Try again. */
export type Status = 'idle' | 'connecting' | 'waiting' | 'online' | 'reconnecting' | 'blocked';

/** A Direct Line 3.0 client that loses no message: it keeps, resends, reconnects, renews and begins anew. */
export class Client {
  readonly transcript = new Transcript();
  status: Status = 'idle';
  /** Why it is blocked, as a sentence for the customer. */
  sentence = '';
  typing = false;
  readonly #needs: ClientNeeds;
  readonly #unsent: UnsentMessages;
  readonly #sessions: SessionStore;
  readonly #sender: Sender;
  readonly #connection: Connection;
  readonly #seen: SeenTeller;
  readonly #echoes = new Set<string>();
  #typedAt = 0;
  #who: string | null;
  #identity: string | null = null;
  /** The identity that was refused last. */
  #refusedOne: string | null = null;
  /** The host page's identity is of no use: the next conversation is nobody's. */
  #unconfirmed = false;
  #typingEnds: ReturnType<typeof setTimeout> | undefined;

  constructor(needs: ClientNeeds) {
    this.#needs = needs;
    this.#who = needs.memory.read('who');
    this.#unsent = new UnsentMessages(needs.memory);
    this.#sessions = new SessionStore(needs.memory, needs.fetch);
    this.#seen = new SeenTeller(needs, this.#sessions);
    const ended = () => this.#startOver();
    this.#sender = new Sender(needs, this.#sessions, this.#unsent, { accepted: this.#accepted, ended });
    this.#connection = new Connection(needs, this.#sessions, {
      ready: (run) => void this.#sender.send(run),
      online: () => this.#show('online'),
      lost: () => this.#show('reconnecting'),
      frame: this.#take,
      ended,
      refused: (identity) => this.#refused(identity),
      blocked: (sentence) => this.#block(sentence),
    });
  }

  get entries() {
    return this.transcript.entries(this.#unsent.all);
  }

  /** Whether a conversation is remembered from before. */
  get remembered(): boolean {
    return this.#sessions.session !== null;
  }

  get session(): ChatSession | null {
    return this.#sessions.session;
  }

  /** Whether there is a list of this person's conversations: for who is signed in, on our own server. */
  get hasPast(): boolean {
    const { session } = this.#sessions;
    return this.#who !== null && this.#who !== '?' && session?.started === true && session.domain === undefined;
  }

  /** How many messages of ours were not shown yet. */
  get unread(): number {
    return this.transcript.receivedAfter(this.#seen.seq);
  }

  /** All that is there is shown to the customer now. */
  see(): void {
    this.#seen.show(this.transcript.lastSeq);
  }

  /** The customer writes: whoever answers sees it. */
  typed(): void {
    const { session } = this.#sessions;
    const { person, waits } = this.transcript;
    if (!session?.started || session.domain !== undefined || (person === null && !waits)) return;
    if (Date.now() - this.#typedAt < 3000) return;
    this.#typedAt = Date.now();
    sayTyping(this.#needs.fetch, session);
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
    if (!this.remembered && this.#who && !this.#identity && !this.#unconfirmed) {
      this.#show('waiting');
      this.#needs.wantIdentity();
      return;
    }
    this.#show('connecting');
    if (this.remembered) {
      this.#connection.start({ identity: null, unconfirmed: false });
      return;
    }
    this.#needs.memory.keep('nobody', this.#unconfirmed ? true : null);
    this.#connection.start({ identity: this.#identity, unconfirmed: this.#unconfirmed });
    this.#identity = null;
    this.#unconfirmed = false;
  }

  /** Sends a text, now or as soon as it is possible. */
  send(text: string): void {
    this.#needs.memory.keep('nobody', null);
    this.#unsent.add({ id: this.#needs.newId(), text });
    this.#sendAll();
  }

  /** Sends a refused message again. */
  resend(id: string): void {
    this.#unsent.retry(id);
    this.#sendAll();
  }

  /** Takes an identity from the host page (null: it could not get one); another person, or a denial that is new, means another conversation. */
  identify(identity: string | null): void {
    const isOfUse = identity !== null && identity !== this.#refusedOne;
    if (!isOfUse && this.remembered) return;
    const who = identity === null ? (this.#who ?? '?') : subjectOf(identity);
    const active = this.status !== 'idle';
    const denial = denialOf(identity);
    const isNew = denial !== null && denial !== this.#needs.memory.read('denial');
    if (who !== this.#who) this.#forget(this.#who === null || this.#who === '?');
    else if (isNew) this.#forget(false);
    else if (this.#needs.memory.read('nobody')) this.#forget(true);
    if (denial !== null) this.#needs.memory.keep('denial', denial);
    this.#who = who;
    this.#identity = isOfUse ? identity : null;
    this.#unconfirmed = !isOfUse;
    this.#needs.memory.keep('who', who);
    if (active) this.start();
  }

  /** Forgets the person, the conversation and everything not sent. */
  signOut(): void {
    this.#forget(false);
    this.#identity = this.#who = this.#refusedOne = null;
    this.#unconfirmed = false;
    this.#needs.memory.forget();
  }

  /** The host page may have a fresh one, once; without it the talk goes on with nobody. */
  #refused(identity: string): void {
    const wasAsked = this.#refusedOne !== null;
    this.#refusedOne = identity;
    this.#stop('waiting');
    if (wasAsked) this.identify(null);
    else this.#needs.wantIdentity();
  }

  #sendAll(): void {
    this.#needs.changed();
    if (this.#sessions.session?.started) void this.#sender.send(this.#connection.run);
  }

  readonly #accepted = ({ id, text }: Unsent, activityId: string): void => {
    this.#unsent.remove(id);
    const from = { role: 'user' };
    this.transcript.add({ type: 'message', id: activityId, from, text, channelData: { clientActivityID: id } });
    // A person may take their time, and is not seen typing.
    this.#setTyping(this.transcript.last?.id === activityId && this.transcript.person === null);
    this.#connection.watch(5000, () => !this.#echoes.has(id));
    this.#needs.changed();
  };

  readonly #take = ({ activities = [] }: Partial<ActivitySet>): void => {
    for (const activity of activities) this.#takeOne(activity);
    this.#needs.changed();
  };

  #takeOne(activity: WireActivity): void {
    const sent = activity.channelData?.clientActivityID;
    if (sent) this.#echoes.add(sent);
    if (sent) this.#unsent.remove(sent);
    if (activity.type === 'typing' && !isOwn(activity)) this.#setTyping(true);
    if (this.transcript.add(activity) && !isOwn(activity)) this.#setTyping(false);
  }

  #setTyping(typing: boolean): void {
    clearTimeout(this.#typingEnds);
    this.typing = typing;
    const end = () => {
      this.#setTyping(false);
      this.#needs.changed();
    };
    // A person who writes on says so again and again.
    if (typing) this.#typingEnds = setTimeout(end, this.transcript.person === null ? 15_000 : 6000);
  }

  #forget(keepUnsent: boolean): void {
    if (this.#sessions.session) revoke(this.#needs.fetch, this.#sessions.session);
    if (!keepUnsent) this.#unsent.clear();
    this.transcript.clear();
    this.#leave();
  }

  /** The server knows the conversation no more: a new one takes what was not sent. */
  #startOver(): void {
    this.transcript.startOver('That conversation has ended. This is a new one.');
    this.#leave();
    this.start();
  }

  #leave(): void {
    this.#sessions.keep(null);
    this.#seen.forget();
    this.#stop('idle');
  }

  #block(sentence: string): void {
    this.sentence = sentence || 'We could not start the chat.';
    this.#stop('blocked');
  }

  #stop(status: Status): void {
    this.#connection.stop();
    this.#setTyping(false);
    this.#show(status);
  }

  #show(status: Status): void {
    this.status = status;
    this.#needs.changed();
  }
}

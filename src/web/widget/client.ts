import type { ActivitySet, WireActivity } from '../../domain/direct-line.ts';
import { Connection } from './connection.ts';
import { SessionStore } from './session-store.ts';
import type { Unsent } from '../shared/transcript.ts';
import type { ClientNeeds } from './client-needs.ts';
import type { Denied } from './host-messages.ts';
import { UnsentMessages } from './unsent-messages.ts';
import { denialOf, subjectOf } from './identity-claims.ts';
import { Sender } from './sender.ts';
import { revoke } from './tokens.ts';
import { Transcript, isOwn, rankOf } from '../shared/transcript.ts';

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
  readonly #echoes = new Set<string>();
  #who: string | null;
  #identity: string | null = null;
  /** The identity that was refused last. */
  #refusedOne: string | null = null;
  /** The host page's identity is of no use: the next conversation is nobody's. */
  #unconfirmed = false;
  /** What the host page says, unsigned, that it refused; the next conversation begins with it. */
  #denied: Denied | undefined;
  #typingEnds: ReturnType<typeof setTimeout> | undefined;

  constructor(needs: ClientNeeds) {
    this.#needs = needs;
    this.#who = needs.memory.read('who');
    this.#unsent = new UnsentMessages(needs.memory);
    this.#sessions = new SessionStore(needs.memory, needs.fetch);
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
    return this.transcript.entries(this.#unsent.all.filter(({ article }) => article === undefined));
  }

  /** Whether a conversation is remembered from before. */
  get remembered(): boolean {
    return this.#sessions.session !== null;
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
      this.#connection.start({ identity: null, unconfirmed: false, denied: undefined });
      return;
    }
    this.#needs.memory.keep('nobody', this.#unconfirmed ? true : null);
    this.#connection.start({ identity: this.#identity, unconfirmed: this.#unconfirmed, denied: this.#denied });
    this.#identity = null;
    this.#unconfirmed = false;
    this.#denied = undefined;
  }

  /** Sends a text, now or as soon as it is possible. */
  send(text: string): void {
    this.#needs.memory.keep('nobody', null);
    this.#unsent.add({ id: this.#needs.newId(), text });
    this.#sendAll();
  }

  /** Begins another conversation of the same person; this one stays above a note. */
  beginAnew(): void {
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

  /**
   * Takes an identity from the host page (null or empty: it could not get one, undefined: it has none to give), and what it
   * says that it refused. Another person, or a denial that is new, means another conversation.
   */
  identify(identity: string | null | undefined, denied?: Denied): void {
    const isOfUse = Boolean(identity) && identity !== this.#refusedOne;
    const denial = denialOf(identity ?? null) ?? (denied ? JSON.stringify(denied) : null);
    const isNew = denial !== null && denial !== this.#needs.memory.read('denial');
    if (!isOfUse && this.remembered && !isNew) return;
    const who = identity === undefined ? null : identity ? subjectOf(identity) : (this.#who ?? '?');
    const active = this.status !== 'idle';
    if (who !== this.#who) this.#forget(this.#who === null || this.#who === '?');
    else if (isNew) this.#forget(false);
    else if (this.#needs.memory.read('nobody')) this.#forget(true);
    if (isNew) this.#denied = denied;
    if (denial !== null) this.#needs.memory.keep('denial', denial);
    this.#who = who;
    this.#identity = isOfUse ? (identity ?? null) : null;
    this.#unconfirmed = identity !== undefined && !isOfUse;
    this.#needs.memory.keep('who', who);
    if (active) this.start();
  }

  /** Forgets the person, the conversation and everything not sent. */
  logout(): void {
    this.#forget(false);
    this.#identity = this.#who = this.#refusedOne = null;
    this.#unconfirmed = false;
    this.#denied = undefined;
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

  readonly #accepted = ({ id, text, article }: Unsent, activityId: string): void => {
    this.#unsent.remove(id);
    if (article !== undefined) return;
    const [from, timestamp] = [{ role: 'user' }, new Date().toISOString()];
    const channelData = { clientActivityID: id };
    this.transcript.add({ type: 'message', id: activityId, from, text, timestamp, channelData });
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
    if (!this.transcript.add(activity) || isOwn(activity)) return;
    this.#setTyping(false);
    this.#tellOutcome(activity);
  }

  /** Each once, also where the conversation is read again. */
  #tellOutcome(activity: WireActivity): void {
    const { memory, tellOutcome } = this.#needs;
    const outcome = activity.channelData?.latchkey?.outcome;
    const place = rankOf(activity);
    if (outcome === undefined || place <= (memory.read('told') ?? 0)) return;
    memory.keep('told', place);
    tellOutcome({ outcome, ticket: outcome === 'handed-off' ? this.transcript.ticket : undefined });
  }

  #setTyping(typing: boolean): void {
    clearTimeout(this.#typingEnds);
    this.typing = typing;
    const end = () => {
      this.#setTyping(false);
      this.#needs.changed();
    };
    if (typing) this.#typingEnds = setTimeout(end, 15_000);
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
    this.#needs.memory.keep('seen', null);
    this.#needs.memory.keep('told', null);
    this.#stop('idle');
  }

  #block(sentence: string): void {
    this.sentence = sentence || this.#needs.words.cannotStart;
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

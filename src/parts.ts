import type { Limits } from './channels/direct-line/index.ts';
import type { HandOffSettings, ReplyMailSettings } from './channels/direct-line/settings.ts';
import type { ChannelSettings } from './channels/index.ts';
import type { TeamsEndpoints } from './channels/teams/endpoints.ts';
import type { AgentActions } from './console/agent-actions.ts';
import type { Demo } from './demo/index.ts';
import type { Content } from './domain/content.ts';
import type { Events } from './domain/events.ts';
import type { OfficeHours } from './domain/office-hours.ts';
import type { Network } from './domain/networks.ts';
import type {
  Accounts,
  Clock,
  Desk,
  KeptKeys,
  Log,
  Random,
  Recognizer,
  RetentionDays,
  Store,
  SubjectByEmail,
  TurnQueue,
} from './domain/ports.ts';
import type { Source } from './domain/snapshot.ts';
import type { ResponseTargets } from './domain/ticket.ts';
import type { Served } from './http/server.ts';
import type { ConsoleSettings } from './identity/settings.ts';
import type { TrustedIssuer } from './identity/verify.ts';

/** The settings that the parts read, as `config.ts` tells them. */
export interface ProductSettings {
  readonly publicUrl: string | null;
  readonly allowedOrigins: readonly string[];
  readonly trustedProxies: readonly Network[];
  readonly expectedResponse: string | null;
  readonly responseTargets: ResponseTargets;
  /** When somebody is there; null: customers are not told, and answers are awaited day and night. */
  readonly office: OfficeHours | null;
  readonly securityContact: string | null;
  readonly channels: ChannelSettings;
  /** How a person's answer goes to customers who left; null: it waits for them. */
  readonly replyMail: ReplyMailSettings | null;
  /** The live-agent hub that may take over. */
  readonly handOff: HandOffSettings;
  readonly metricsKey: string | null;
  /** Where traces are sent to; null: nowhere. */
  readonly traces: string | null;
  readonly retention: RetentionDays;
  readonly console: ConsoleSettings;
}

/** What the product is assembled from: the implementations that were chosen, and the settings. */
export interface Parts {
  readonly config: ProductSettings;
  /** Where customers and agents reach this server. */
  readonly url: string;
  readonly content: Content;
  readonly recognizer: Recognizer;
  readonly accounts: Accounts;
  /** What accounts are read from. */
  readonly sources: readonly Source[];
  /** Null: no account API is connected that could know accounts by e-mail. */
  readonly subjectByEmail: SubjectByEmail | null;
  readonly store: Store;
  /** What the store tells. */
  readonly events: Events;
  readonly desk: Desk;
  readonly identity: TrustedIssuer;
  /** Where the issuer's published keys are kept for the next process. */
  readonly keptKeys: KeptKeys;
  /** Null outside the demo. */
  readonly demo: Demo | null;
  readonly limits: Limits;
  /** Where Microsoft's side of Teams is. */
  readonly microsoft: TeamsEndpoints;
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Writes a line to the operator's terminal. */
  readonly print: (line: string) => void;
}

/** The assembled product. Nothing listens, and nothing runs before `start`, but what is stored is answered. */
export interface Product extends Served {
  readonly turns: TurnQueue;
  /** What agents do with tickets. */
  readonly agentActions: AgentActions;
  /** Brings one round of what is due to the desk; says how many arrived. */
  deliver(): Promise<number>;
  /** Loads what the first message needs; otherwise that message waits for it. */
  warm(): Promise<void>;
  /** Takes up what an earlier process left, and what is due from then on. */
  start(): void;
  /** Resolves when all that runs has ended; nothing begins by itself any more. */
  stop(): Promise<void>;
  /** An address that lets the operator in to the console. */
  consoleLink(): Promise<string>;
}

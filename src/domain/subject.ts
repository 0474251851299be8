declare const proved: unique symbol;

/** Who a customer is, where the host page's signature proved it. Only `src/identity` can make one. */
export interface VerifiedSubject extends SubjectFields {
  readonly [proved]: true;
}

/** What a verified identity tells: the user's immutable id, the account, and how to address them. */
export interface SubjectFields {
  readonly accountId: string;
  readonly userId: string;
  readonly verifiedBy: 'signed-identity';
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly locale?: string | undefined;
  /** IANA time zone, such as `Europe/Berlin`. */
  readonly zone?: string | undefined;
}

/** What the host page and the iframe say to each other; `identity: null` means that the host could not get one. */
export type HostMessage =
  | { readonly latchkey: 'close' | 'ready' | 'resume' | 'sign-out' | 'want-identity' }
  | { readonly latchkey: 'open'; readonly focus: boolean }
  | { readonly latchkey: 'identify'; readonly identity: string | null }
  | { readonly latchkey: 'unread'; readonly count: number };

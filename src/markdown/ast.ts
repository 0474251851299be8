/** How words are set. */
export interface InlineStyle {
  readonly bold?: boolean;
  readonly italic?: boolean;
  readonly strike?: boolean;
  readonly code?: boolean;
  /** Where they lead: always what `safeAddress` gives. */
  readonly href?: string;
}

/** Words in one style; `\n` is a hard line break. */
export interface InlineNode extends InlineStyle {
  readonly text: string;
}

/** A paragraph or code, at its place among lists. A heading is a bold paragraph, a table is code. */
export interface LeafBlock {
  readonly type: 'paragraph' | 'code';
  readonly inlines: readonly InlineNode[];
  /** How many lists it stands in. */
  readonly depth: number;
  /** The list items that begin with it, the outermost first: their numbers, null where they have a bullet. */
  readonly markers: readonly (number | null)[];
  /** It stands right below the block before, without an empty line. */
  readonly tight: boolean;
}

/** A quotation; never empty. */
export interface QuoteBlock {
  readonly type: 'quote';
  readonly blocks: readonly BlockNode[];
}

/** A block of Markdown. Lists are flat: each block tells its own depth. */
export type BlockNode = LeafBlock | QuoteBlock;

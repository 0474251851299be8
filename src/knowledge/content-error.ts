/** An error in a content file: where it is and what to change. Lines count from 1. */
export interface ContentError {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

/** Collects the problems of one content file. */
export interface Report {
  readonly file: string;
  at(line: number, message: string): void;
}

/** Texts as sparse rows: row `r` has the entries from `starts[r]` to `starts[r + 1]`. */
export interface Rows {
  readonly starts: Int32Array;
  readonly columns: Int32Array;
  readonly values: Float32Array;
}

/** What each row is: the numbers of its intent's label and of its kind's label (-1: none). */
export interface Targets {
  readonly labels: number;
  readonly intentOf: Int32Array;
  readonly kindOf: Int32Array;
}

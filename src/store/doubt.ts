/** What is over is kept for so much longer, in milliseconds: the clock may be ahead, and be set right again. */
export const doubtMs = 7 * 86_400_000;

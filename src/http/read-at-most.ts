/**
 * The text of a request's or an answer's body of so many bytes, read to its end, so that the connection can be used again;
 * null: it is longer, and the rest is not read. Throws what the body throws.
 */
export async function readAtMost(body: AsyncIterable<Uint8Array> | null, mostBytes: number): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.length;
    if (bytes > mostBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

import { SupportError } from '../domain/errors.ts';

/** Reads a response's text up to `limit` bytes. Throws `account-garbage` above that. */
export async function readCapped(response: Response, limit: number): Promise<string> {
  if (!response.body) return '';
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of response.body) {
    bytes += chunk.byteLength;
    if (bytes > limit) throw new SupportError('account-garbage', { detail: `more than ${limit} bytes` });
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

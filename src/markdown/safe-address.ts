const protocols = ['http:', 'https:', 'mailto:'];
/** Longer ones do not fit beside their words. UTF-16 units, with `&` as `&amp;`. */
const longest = 1_000;

/** A link's whole address, without a sign that means something to a channel; null: it leads to no page and no mailbox. */
export function safeAddress(link: string): string | null {
  const url = URL.parse(link);
  if (!url || !protocols.includes(url.protocol)) return null;
  const address = url.href.replaceAll('|', '%7C').replaceAll('<', '%3C').replaceAll('>', '%3E');
  return address.replaceAll('&', '&amp;').length > longest ? null : address;
}

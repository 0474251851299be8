const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>' };

const inAngles = /<([^<>]{1,4000})>/g;

/**
 * What a customer wrote, as they saw it: Slack's `<…>` become words and links, its entities characters. A mention of the
 * bot is left out; of anybody else the name stays where Slack gives it, and "@somebody" where it does not.
 */
export function plainText(mrkdwn: string, bot: string | null): string {
  return mrkdwn
    .replaceAll(inAngles, (_, inside: string) => wordsOf(inside, bot))
    .replaceAll(/&(amp|lt|gt);/g, (whole, name: string) => entities[name] ?? whole)
    .replaceAll(/[^\S\n]{2,}/g, ' ')
    .trim();
}

function wordsOf(inside: string, bot: string | null): string {
  const [target = '', label = ''] = inside.split('|', 2);
  const id = target.slice(1);
  if (target.startsWith('@')) return id === bot ? ' ' : `@${label || 'somebody'}`;
  if (target.startsWith('#')) return `#${label || 'channel'}`;
  // Such as <!here>, <!subteam^S1|@support> or <!date^…|fallback>.
  if (target.startsWith('!')) return label || `@${id.split('^', 1)[0] ?? ''}`;
  const address = target.replace(/^(?:mailto|tel):/, '');
  return label === '' || label === address || target.endsWith(`//${label}`) ? address : `${label} (${address})`;
}

/** Whether a text mentions the bot. */
export function mentions(mrkdwn: string, bot: string | null): boolean {
  if (bot === null) return false;
  return [...mrkdwn.matchAll(inAngles)].some(([, inside = '']) => inside.split('|', 1)[0] === `@${bot}`);
}

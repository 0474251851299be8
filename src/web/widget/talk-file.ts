import { isOwn, type Entry } from '../shared/transcript.ts';
import { speakerOf } from '../shared/message.ts';
import { el } from '../shared/dom.ts';
import type { Words } from '../shared/words/table.ts';

/** A whole talk as Markdown: who said what, and when. */
export function talkText(title: string, entries: readonly Entry[], words: Words): string {
  const parts = entries.map(({ activity }) => {
    if (activity.type === 'note') return `*${activity.text ?? ''}*`;
    const name = isOwn(activity) ? words.you : speakerOf(activity);
    const { article } = activity.channelData?.latchkey ?? {};
    const pictures = (activity.channelData?.screenshots ?? []).map(() => `[${words.screenshot}]`);
    const said = isOwn(activity) ? [plain(activity.text ?? ''), ...pictures].join(' ').trim() : (activity.text ?? '');
    const link = article
      ? `\n\n${words.article} [${plain(article.title)}](${new URL(article.url, location.href).href})`
      : '';
    return `**${plain(name)}** · ${timeOf(activity.timestamp)}\n\n${said}${link}`;
  });
  return `${[`# ${plain(title)}`, ...parts].join('\n\n---\n\n')}\n`;
}

const timeOf = (timestamp: string | undefined): string =>
  timestamp === undefined
    ? ''
    : new Date(timestamp).toLocaleString(undefined, { dateStyle: 'long', timeStyle: 'short' });

/** What a customer writes is no Markdown; each line of it stays one. */
const plain = (text: string): string => text.replaceAll(/[\\`*_[\]<>#|~+.)-]/g, '\\$&').replaceAll('\n', '  \n');

/** Hands a text to the browser as a file. */
export function saveFile(name: string, text: string): void {
  const href = URL.createObjectURL(new Blob([text], { type: 'text/markdown;charset=utf-8' }));
  const link = el('a', { href, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}

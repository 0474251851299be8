import { textOf, type Part, type Run } from './markdown.ts';

/** `& < >` as Slack wants them; nothing else has a meaning that could call people or lead somewhere. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** A part as mrkdwn. */
export function mrkdwnOf({ kind, prefix, runs }: Part): string {
  if (kind === 'code') return `\`\`\`\n${escaped(unfenced(textOf(runs)))}\n\`\`\``;
  const text = prefix + runs.map(runOf).join('');
  return kind === 'text'
    ? text
    : text
        .split('\n')
        .map((line) => `> ${line}`)
        .join('\n');
}

/** Style holds within a line, and not where a space is beside its sign. */
function runOf(run: Run): string {
  return run.text
    .split('\n')
    .map((line) => {
      const words = line.trim();
      if (words === '') return line;
      const at = line.indexOf(words);
      return line.slice(0, at) + styled(words, run) + line.slice(at + words.length);
    })
    .join('\n');
}

function styled(words: string, { bold, italic, strike, code, href }: Run): string {
  let text = escaped(words);
  if (code && !href && !words.includes('`')) text = `\`${text}\``;
  if (href) text = `<${href}|${text}>`;
  if (italic) text = `_${text}_`;
  if (bold) text = `*${text}*`;
  return strike ? `~${text}~` : text;
}

function unfenced(text: string): string {
  return text.replaceAll('```', '`\u200B`\u200B`');
}

/** The same part as several, each of at most so many characters as mrkdwn: cut between sentences, or else between words. */
export function fitted(part: Part, most: number): readonly Part[] {
  const fit: Part[] = [];
  let rest = part;
  while (mrkdwnOf(rest).length > most) {
    const text = textOf(rest.runs);
    const at = cutAt(text, roomFor(rest, most));
    fit.push({ ...rest, runs: slice(rest.runs, 0, at) });
    rest = { ...rest, prefix: '', apart: true, runs: slice(rest.runs, at, text.length) };
  }
  return [...fit, rest];
}

/** How many units of the words fit at the least, with all that is put around them. */
function roomFor({ prefix, runs }: Part, most: number): number {
  let used = prefix.length + 10;
  let offset = 0;
  for (const { text, href } of runs) {
    const around = 8 + (href ? href.length + 3 : 0);
    used += around;
    for (const unit of text) {
      used += unit === '\n' ? around + 3 : unit === '`' ? 3 : escaped(unit).length;
      if (used > most) return offset;
      offset += unit.length;
    }
  }
  return offset;
}

/** The best place to cut a text of which so many units fit. */
function cutAt(text: string, room: number): number {
  const fits = text.slice(0, room);
  const sentences = [...fits.slice(room / 2).matchAll(/[.!?…]["”’)]?\s|\n/g)];
  const sentence = sentences.at(-1);
  if (sentence) return Math.floor(room / 2) + sentence.index + sentence[0].length;
  const space = fits.search(/\s\S*$/);
  return space > 0 ? space + 1 : graphemeBefore(text, room);
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** No character that is seen as one is cut in two, unless it alone is too long. */
function graphemeBefore(text: string, room: number): number {
  const from = Math.max(room - 100, 0);
  const last = [...graphemes.segment(text.slice(from, room + 100))].findLast(({ index }) => from + index <= room);
  const at = from + (last?.index ?? 0);
  return at > 0 ? at : room;
}

function slice(runs: readonly Run[], from: number, to: number): readonly Run[] {
  let offset = 0;
  return runs.flatMap((run) => {
    const [start, end] = [Math.max(from - offset, 0), Math.min(to - offset, run.text.length)];
    offset += run.text.length;
    return start < end ? [{ ...run, text: run.text.slice(start, end) }] : [];
  });
}

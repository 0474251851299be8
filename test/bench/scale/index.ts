import { asMarkdown, judgedHead } from '../report.ts';
import { activities } from './activities.ts';
import { articles } from './articles.ts';
import { conversation } from './conversation.ts';
import { memory } from './memory.ts';
import { tickets } from './tickets.ts';

/** What grows where Latchkey is used much and long, each beside the same when it is small. */
export async function scale(rounds: number): Promise<string> {
  const rows: string[][] = [];
  for (const part of [memory, conversation, articles, tickets, activities]) {
    const found = await part(rounds);
    console.error(found.map((row) => row.join('  ')).join('\n'));
    rows.push(...found);
  }
  return asMarkdown([judgedHead, ...rows]);
}

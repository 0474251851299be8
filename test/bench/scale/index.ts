import { asMarkdown, judgedHead } from '../report.ts';
import { activities } from './activities.ts';
import { articles } from './articles.ts';
import { conversation } from './conversation.ts';
import { memory } from './memory.ts';
import { tickets } from './tickets.ts';

/** What grows where Latchkey is used much and long, each beside the same when it is small. */
export async function scale(rounds: number): Promise<string> {
  const rows = [];
  for (const part of [conversation, memory, articles, tickets, activities]) {
    const begun = performance.now();
    rows.push(...(await part(rounds)));
    console.error(`${part.name}: ${((performance.now() - begun) / 1_000).toFixed(0)} s`);
  }
  return asMarkdown([judgedHead, ...rows]);
}

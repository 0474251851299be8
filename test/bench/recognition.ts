/**
 * Prints how well and how fast our recognizer hears, beside its peers: on public intent sets and strangers' complaints
 * (`../shared/data`, never trained on together with content), then on its own examples. `npm run bench:recognition`
 */
import { readIntents } from '../language/content.ts';
import { compare } from './recognition/compare.ts';
import { contestants } from './recognition/contestants.ts';
import { hasData } from './recognition/data.ts';
import { measureHeldOut, measureLoad } from './recognition/own.ts';
import { measureStrangers } from './recognition/strangers.ts';
import { printLosses, printRow, printTable } from './recognition/table.ts';
import { tasks } from './recognition/tasks.ts';

const outcomes = await compare(contestants, tasks);
printTable(contestants, tasks, outcomes);
console.log();
const intents = readIntents();
printRow(['our own figures', '']);
printRow(['---', '---']);
for (const figure of [...measureLoad(intents), ...(await measureHeldOut(intents))]) printRow(figure);
if (hasData('complaints/dev', 'talks/messages', 'intent/clinc150/test'))
  for (const figure of await measureStrangers(intents)) printRow(figure);
console.log();
printLosses(contestants, tasks, outcomes);

import { hash } from 'node:crypto';
import { z } from 'zod';
import type { Article, ArticleStep } from '../domain/content.ts';
import { splitFrontMatter } from './front-matter.ts';
import type { Report } from './content-error.ts';
import { readYaml } from './yaml-file.ts';

const schema = z.strictObject({ title: z.string().min(1), group: z.string().min(1).optional() });
const stepLine = /^(\d{1,3}\.|-) (.{1,300}) \{#([a-z0-9-]{1,60})\}$/;

/** Reads an article: front matter, the answer in the first paragraph, steps marked with `{#id}`. */
export function readArticle(slug: string, text: string, report: Report): Article | null {
  const parts = splitFrontMatter(text, report);
  if (!parts) return null;
  const head = readYaml(parts.yaml, schema, report, 1);
  if (!head) return null;
  const lines = parts.body.split('\n');
  const answer = firstParagraph(lines);
  if (answer === '') report.at(parts.bodyLine, 'begin the article with a paragraph that answers the question in short');
  const steps = readSteps(lines, parts.bodyLine, report);
  const markdown = parts.body.trim();
  return { slug, ...head, answer, markdown, steps, version: hash('sha256', text).slice(0, 8) };
}

/** Empty where the article begins with something else, such as a list. */
function firstParagraph(lines: readonly string[]): string {
  const first = lines.findIndex((line) => line.trim() !== '' && !line.startsWith('#'));
  if (first < 0 || /^(?:\d{1,3}\.|[-*>|]) /.test(lines[first] ?? '')) return '';
  const rest = lines.slice(first);
  const end = rest.findIndex((line) => line.trim() === '');
  return rest.slice(0, end < 0 ? undefined : end).join(' ');
}

function readSteps(lines: readonly string[], firstLine: number, report: Report): ArticleStep[] {
  const steps: ArticleStep[] = [];
  for (const [i, line] of lines.entries()) {
    const [, marker, title, id] = stepLine.exec(line) ?? [];
    if (marker === undefined || title === undefined || id === undefined) continue;
    if (steps.some((step) => step.id === id)) report.at(firstLine + i, `two steps have the id "${id}"`);
    const details = lines.slice(i + 1);
    const end = details.findIndex((detail) => !detail.startsWith('  '));
    const text = [`${marker} ${title}`, ...details.slice(0, end < 0 ? undefined : end)].join('\n');
    steps.push({ id, number: Number.parseInt(marker, 10) || 0, title, text });
  }
  return steps;
}

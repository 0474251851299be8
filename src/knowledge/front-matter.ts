import type { Report } from './content-error.ts';

/** A Markdown file split at its front matter; `bodyLine` is the line on which the body begins. */
export interface FrontMatter {
  readonly yaml: string;
  readonly body: string;
  readonly bodyLine: number;
}

/** Splits `---` YAML `---` body. Reports and gives null where the fences are missing. */
export function splitFrontMatter(text: string, report: Report): FrontMatter | null {
  const lines = text.split('\n');
  const end = lines.indexOf('---', 1);
  if (lines[0] !== '---' || end < 0) {
    report.at(1, 'begin the file with front matter between two lines of "---"');
    return null;
  }
  const body = lines.slice(end + 1).join('\n');
  return { yaml: lines.slice(1, end).join('\n'), body, bodyLine: end + 2 };
}

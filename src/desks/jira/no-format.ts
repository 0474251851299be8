/** Jira draws what stands in `{noformat}` without breaking its lines. */
const longestLine = 100;
const overlong = new RegExp(`(?=.{${longestLine + 1}})(.{1,${longestLine}}) `, 'g');

/** A text that Jira's wiki shows as it is; one that would end it, `{noformat}`, gets a space. */
export function noFormat(text: string): string {
  const lines = text.replaceAll(/\{(?=noformat)/gi, '{ ').replaceAll(overlong, '$1\n');
  return `{noformat}\n${lines}\n{noformat}`;
}

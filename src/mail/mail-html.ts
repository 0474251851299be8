import { escapeHtml } from '../domain/escape-html.ts';

/** A fragment as a mail that reads well on a phone, in light and in dark. What was pasted keeps its lines. */
export function mailHtml(title: string, fragment: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<style>
:root { color-scheme: light dark }
body { max-width: 680px; margin: 0; padding: 12px; font: 14px/1.35 system-ui, sans-serif; overflow-wrap: anywhere }
p { margin: 0 0 8px }
blockquote, pre { margin: 0 0 8px; padding: 2px 0 2px 10px; border-left: 3px solid #888 }
pre { font: 12px/1.4 ui-monospace, monospace; white-space: pre-wrap }
</style>
</head>
<body>
${fragment}
</body>
</html>
`;
}

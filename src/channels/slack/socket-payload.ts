/** Where HTTP would have brought what an envelope of Socket Mode holds, and as which body. */
export function postOf(type: string, payload: unknown): { readonly path: string; readonly body: string } {
  const told = JSON.stringify(payload ?? null);
  if (type === 'interactive') return { path: '/slack/actions', body: formOf({ payload: told }) };
  if (type === 'slash_commands') return { path: '/slack/commands', body: formOf(Object(payload) as object) };
  return { path: type === 'events_api' ? '/slack/events' : '', body: told };
}

function formOf(fields: object): string {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) if (typeof value === 'string') form.set(name, value);
  return form.toString();
}

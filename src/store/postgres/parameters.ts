/** PostgreSQL takes no NUL in a text: the sign for what cannot be shown stands in its place. */
export function withoutNul(parameters: readonly unknown[]): unknown[] {
  return parameters.map((one) =>
    typeof one === 'string' && one.includes('\0') ? one.replaceAll('\0', '\uFFFD') : one,
  );
}

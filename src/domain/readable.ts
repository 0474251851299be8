/** Random characters as ones that are not mistaken for one another on the phone: 5 bits each, Crockford's base 32. */
export function readable(random: string): string {
  const given = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  return random.replaceAll(/./g, (character) => letters[given.indexOf(character) % letters.length] ?? '');
}

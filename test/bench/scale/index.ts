export async function scale(_: number): Promise<string> {
  return Promise.resolve('');
}

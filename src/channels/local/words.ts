/** A sample customer, by the name and with the words that the demo has. */
export interface SampleCustomer {
  readonly name: string;
  readonly says: string;
}

/** What only whoever tries the bot out is told; the bot itself says none of it. */
export const words = {
  signedIn: ({ name, says }: SampleCustomer) => `You are the sample customer ${name} now. Try: “${says}”`,
  unknown: (name: string, customers: readonly SampleCustomer[]) =>
    `${name === '' ? 'As whom?' : `There is no sample customer “${name}”.`} Write “sign in as” and one of: ${customers
      .map((one) => one.name)
      .join(', ')}.`,
} as const;

import { sampleCustomers, type SampleCustomer } from '../../src/demo/customers.ts';

/** A customer of a test: a sample customer, or nobody (anonymous). */
export function customerNamed(name: string): SampleCustomer | null {
  if (name === 'nobody') return null;
  const found = sampleCustomers.find((one) => one.name === name);
  if (!found) throw new Error(`there is no sample customer "${name}"`);
  return found;
}

import { sampleCustomers, type SampleCustomer } from '../../src/demo/customers.ts';

/** A customer of a test: a sample customer of our demo or of another company, or nobody (anonymous). */
export function customerNamed(name: string, customers = sampleCustomers): SampleCustomer | null {
  if (name === 'nobody') return null;
  const found = customers.find((one) => one.name === name);
  if (!found) throw new Error(`there is no sample customer "${name}"`);
  return found;
}

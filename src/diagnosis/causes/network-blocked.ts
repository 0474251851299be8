import { proved, ruledOut, unknown, type Cause } from '../cause.ts';

/** The account's rule refuses the connection that the product saw; what customers write of it is no proof. */
export const networkBlocked: Cause = {
  slug: 'network-blocked',
  proves: { address: [], country: [], vpn: [], rule: [] },
  excludes: { always: [] },
  judge({ network }) {
    if (!network.known) return unknown(network);
    return network.value === 'allowed' ? ruledOut(network) : proved(network, {}, network.value);
  },
};

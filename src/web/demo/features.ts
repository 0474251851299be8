/** A page of the demo app: its place in the address, its name, and what it would do. */
export interface DemoFeature {
  readonly slug: string;
  readonly name: string;
  readonly does: string;
}

/** Everything in the side navigation; the first is open to everybody. */
export const features: readonly [DemoFeature, ...DemoFeature[]] = [
  { slug: 'dashboards', name: 'Dashboards', does: 'Your workspace at a glance.' },
  { slug: 'reports', name: 'Reports', does: 'Build a report once and send it every Monday.' },
  { slug: 'export', name: 'Export', does: 'Take documents and tables with you as CSV or PDF.' },
  { slug: 'api', name: 'API', does: 'Read and write documents from your own programs.' },
  { slug: 'assistant', name: 'AI assistant', does: 'Ask questions about your documents.' },
  { slug: 'automations', name: 'Automations', does: 'Let routine work start by itself.' },
  { slug: 'audit-log', name: 'Audit log', does: 'See who changed what, and when.' },
];

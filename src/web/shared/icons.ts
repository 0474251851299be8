const paths = {
  proved: 'M6 9V6.5a4 4 0 0 1 8 0V9M5 9h10v7.5H5zM10 12v1.8',
  'ruled-out': 'm4.5 10.5 3.6 3.6 7.4-8',
  unknown: 'M7.3 7.6a2.8 2.8 0 1 1 4.3 2.4c-1 .6-1.6 1.1-1.6 2.2M10 15.2v.1',
  possible: 'M7.3 7.6a2.8 2.8 0 1 1 4.3 2.4c-1 .6-1.6 1.1-1.6 2.2M10 15.2v.1',
  nothing: 'M5 10h10',
  ticket: 'M3 6h14v2.5a1.6 1.6 0 0 0 0 3V14H3v-2.5a1.6 1.6 0 0 0 0-3zM12 6v8',
  screenshot: 'M3 5h14v10.5H3zM3.5 14l4-4.5 3 3 2-2 4 4M13 8h.01',
  article: 'M5.5 3h6L15 6.5V17H5.5zM11.5 3v3.5H15M8 10h4.5M8 13h4.5',
} as const;

export type Icon = keyof typeof paths;

/** Draws a 20 × 20 line icon that says nothing to screen readers. */
export function icon(name: Icon): SVGSVGElement {
  const make = <K extends keyof SVGElementTagNameMap>(tag: K) =>
    document.createElementNS('http://www.w3.org/2000/svg', tag);
  const svg = make('svg');
  const path = make('path');
  svg.setAttribute('viewBox', '0 0 20 20');
  svg.setAttribute('aria-hidden', 'true');
  path.setAttribute('d', paths[name]);
  svg.append(path);
  return svg;
}

export { byId, el } from '../shared/dom.ts';

/** Draws a line drawing from path data; `label` is for screen readers, without one it says nothing. */
export function drawing(viewBox: string, paths: readonly string[], label?: string): SVGSVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', viewBox);
  if (label) svg.setAttribute('role', 'img');
  svg.setAttribute(label ? 'aria-label' : 'aria-hidden', label ?? 'true');
  for (const d of paths) {
    const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    path.setAttribute('d', d);
    svg.append(path);
  }
  return svg;
}

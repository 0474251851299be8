import type { Latchkey } from '../widget/loader.ts';
import { byId, el } from './elements.ts';
import { features } from './features.ts';
import { dashboardPage, lockedPage } from './pages.ts';
import { wireSignIn } from './sign-in.ts';

const widget = window.Latchkey as Latchkey | undefined;
const page = byId('page');

const links = features.map(({ slug, name }) => el('a', { href: `#${slug}` }, name));
byId('features').append(...links.map((link) => el('li', {}, link)));

function show(): void {
  const feature = features.find(({ slug }) => location.hash === `#${slug}`) ?? features[0];
  for (const link of links) {
    if (link.hash === `#${feature.slug}`) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  const nodes =
    feature === features[0]
      ? dashboardPage(feature)
      : lockedPage(feature, () => void widget?.denied({ feature: feature.slug }));
  page.replaceChildren(...nodes);
  document.title = `${feature.name} · ${byId('company').textContent}`;
}

addEventListener('hashchange', () => {
  if (location.hash === '#page') return;
  show();
  page.focus();
});
show();
await wireSignIn(byId('customer') as HTMLSelectElement, byId('say'), widget);

import { el } from './dom.ts';

/** The theme's colours as a canvas needs them: by the names of the style sheet, without `--tb-`. */
export function themeColors<Name extends string>(names: readonly Name[]): Readonly<Record<Name, string>> {
  const probe = el('span', { hidden: true });
  document.body.append(probe);
  const colors = Object.fromEntries(
    names.map((name) => {
      probe.style.color = `var(--tb-${name})`;
      return [name, getComputedStyle(probe).color];
    }),
  );
  probe.remove();
  return colors as Record<Name, string>;
}

/** Tells whenever the theme changes. */
export function onThemeChange(changed: () => void): void {
  const observer = new MutationObserver(changed);
  observer.observe(document.body, { attributes: true, attributeFilter: ['class'] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
}

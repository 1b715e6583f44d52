/**
 * Replaces what an element holds. What had the focus in it has it again afterwards, found by its `data-key`: a name that is
 * unique within the element.
 */
export function replaceKeepingFocus(element: HTMLElement, ...children: readonly (Node | string)[]): void {
  const focused = document.activeElement;
  const key = element.contains(focused) ? focused?.closest('[data-key]')?.getAttribute('data-key') : undefined;
  element.replaceChildren(...children);
  if (key === undefined || key === null) return;
  const again = element.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (again instanceof HTMLElement || again instanceof SVGElement) again.focus({ preventScroll: true });
}

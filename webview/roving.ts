const steps: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/**
 * Makes several controls one tab stop: arrow keys, Home and End go from one to the next, and `reached` is told of the one
 * that is gone to. `stopAt` names the one that Tab stops at.
 */
export function roving(
  element: HTMLElement,
  controls: () => readonly HTMLElement[],
  reached: (control: HTMLElement) => void = () => undefined,
) {
  function stopAt(control: HTMLElement | undefined): void {
    for (const one of controls()) one.tabIndex = one === control ? 0 : -1;
  }

  element.addEventListener('keydown', (event) => {
    const all = controls().filter((control) => control.offsetParent !== null && !control.matches(':disabled'));
    const at = all.indexOf(event.target as HTMLElement);
    if (at < 0) return;
    const step = steps[event.key];
    const next =
      step !== undefined
        ? all[(at + step + all.length) % all.length]
        : event.key === 'Home'
          ? all[0]
          : event.key === 'End'
            ? all.at(-1)
            : undefined;
    if (next === undefined) return;
    event.preventDefault();
    stopAt(next);
    next.focus();
    reached(next);
  });
  return { stopAt };
}

import { createEffect, createSignal, onCleanup, type Accessor } from 'solid-js';

/** At least half of the element lies in what the person sees: a card below the edge of a crowded board does not. */
export function createInSight(element: Accessor<Element | undefined>): Accessor<boolean> {
  const [isInSight, setIsInSight] = createSignal(false);
  createEffect(() => {
    const watched = element();
    if (!watched) return;
    const observer = new IntersectionObserver((entries) => setIsInSight(entries.at(-1)?.isIntersecting ?? false), {
      threshold: 0.5,
    });
    observer.observe(watched);
    onCleanup(() => observer.disconnect());
  });
  return isInSight;
}

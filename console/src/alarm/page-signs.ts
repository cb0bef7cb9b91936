import { createEffect, type Accessor } from 'solid-js';
import type { Priority } from '@pentad/ui/priority';
import { markOf } from '@pentad/ui/priority';

/** Count and priority in title and favicon: never who it is. */
export function makePageSigns(ports: {
  readonly title: Accessor<string>;
  readonly count: Accessor<number>;
  readonly worst: Accessor<Priority | null>;
}): void {
  createEffect(() => {
    const worst = ports.worst();
    document.title = worst ? `(${ports.count()}) ${markOf[worst]} ${ports.title()}` : ports.title();
  });
  createEffect(() => {
    const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
    const worst = ports.worst();
    if (icon) icon.href = worst ? `/favicon-${worst}.svg` : '/favicon.svg';
  });
}

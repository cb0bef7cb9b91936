import { createEffect, onCleanup, type Accessor } from 'solid-js';
import type { Api } from './api.ts';
import type { ConsoleLink } from './connect.ts';

/**
 * Streams tell only what is measured from now on. A vehicle in a dead spot says nothing, so the last stored reading
 * of each case on the screen is fetched once per link: its age is then shown, not an empty tile.
 */
export function makeLatestNumerics(ports: {
  readonly link: ConsoleLink;
  readonly api: Api;
  readonly caseIds: Accessor<readonly string[]>;
}): void {
  const asked = new Set<string>();
  onCleanup(ports.link.onOpen(() => asked.clear()));
  createEffect(() => {
    if (ports.link.state() !== 'live') return;
    for (const caseId of ports.caseIds()) {
      if (asked.has(caseId)) continue;
      asked.add(caseId);
      void ports.api.case(caseId).then((result) => {
        if (result.ok && result.value.latest)
          ports.link.store.apply({ type: 'numerics', items: [result.value.latest] });
      });
    }
  });
}

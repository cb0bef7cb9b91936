import type { Specialty } from '@pentad/protocol/center';
import { Badge } from '@pentad/ui/badge.tsx';
import { For } from 'solid-js';

const corners: readonly { specialty: Specialty; place: string }[] = [
  { specialty: 'chest-pain', place: 'translate(407 229)' },
  { specialty: 'stroke', place: 'translate(587.7 360.3)' },
  { specialty: 'trauma', place: 'translate(518.7 572.7)' },
  { specialty: 'neonate', place: 'translate(295.3 572.7)' },
  { specialty: 'maternal', place: 'translate(226.3 360.3)' },
];

/** Five centers, one region. */
export function Pentagon() {
  return (
    <svg class="art" viewBox="0 0 880 900" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
      <g class="art-rings">
        <circle cx="440" cy="452" r="92" />
        <circle cx="440" cy="452" r="190" />
        <circle cx="440" cy="452" r="320" />
      </g>
      <g class="art-lines">
        <path d="M440 452 440 262M440 452l180.7-58.7M440 452l111.7 153.7M440 452 328.3 605.7M440 452 259.3 393.3" />
        <path d="M440 262 620.7 393.3 551.7 605.7H328.3L259.3 393.3z" />
      </g>
      <circle cx="440" cy="452" r="13" class="brand-heart" />
      <For each={corners}>
        {(corner) => (
          <g transform={corner.place} class="art-badge">
            <Badge specialty={corner.specialty} size={66} />
          </g>
        )}
      </For>
    </svg>
  );
}

import type { CaseView } from '@pentad/protocol/case-view';
import type { TileName } from '@pentad/ui/vital-words';
import { VitalMini } from '@pentad/ui/vital-tile.tsx';
import { createMemo, For } from 'solid-js';
import { useConsole } from '../console-context.tsx';
import { isUnstable, tileFlags } from './finding-words.ts';

const shown: readonly TileName[] = ['pressure', 'heartRate', 'spo2', 'respiration', 'temperature'];

export function VitalRow(props: { view: CaseView; count: number }) {
  const app = useConsole();
  const flags = createMemo(() => tileFlags(props.view));
  return (
    <div class="vrow">
      <For each={shown.slice(0, props.count)}>
        {(name) => (
          <VitalMini
            view={app.link.store.held.numerics[props.view.caseId] ?? null}
            name={name}
            isUnstable={isUnstable(props.view)}
            flag={flags()[name]}
          />
        )}
      </For>
    </div>
  );
}

import { numericsView } from '@pentad/protocol/testing/view-builders';
import { noVitals } from '@pentad/protocol/vitals';
import { cleanup, render } from '@solidjs/testing-library';
import { afterEach, expect, test } from 'vitest';
import { stillUi } from './testing/still-ui.ts';
import { UiProvider } from './ui-context.tsx';
import { VitalTile } from './vital-tile.tsx';

const AT = 1_767_225_600_000;
const view = numericsView({ measuredAtMs: AT, receivedAtMs: AT, vitals: { ...noVitals, spo2Percent: 84 } });

afterEach(cleanup);

function show(name: 'spo2' | 'heartRate') {
  const ui = stillUi(AT);
  const { container } = render(() => (
    <UiProvider ui={ui}>
      <VitalTile view={view} name={name} isUnstable={false} flag="high" />
    </UiProvider>
  ));
  return { ui, tile: container.querySelector('.vital')! };
}

test('name, value, unit and age stand together', () => {
  const { tile } = show('spo2');
  expect(tile.textContent).toContain('SpO₂');
  expect(tile.querySelector('.v')?.textContent).toBe('84%');
  expect(tile.querySelector('.age')?.textContent).toBe('0 s');
});

test('a silent source is no signal after ten seconds and stale after a minute, by itself', () => {
  const { ui, tile } = show('spo2');
  expect(tile.classList.contains('is-ack')).toBe(true);
  ui.move(11_000);
  expect(tile.classList.contains('is-no-signal')).toBe(true);
  expect(tile.textContent).toContain('无信号');
  ui.move(50_000);
  expect(tile.classList.contains('is-stale')).toBe(true);
  expect(tile.textContent).toContain('过时');
  expect(tile.classList.contains('is-ack')).toBe(false);
});

test('not measured is a dash with its reason, never a number', () => {
  const { tile } = show('heartRate');
  expect(tile.classList.contains('is-none')).toBe(true);
  expect(tile.querySelector('.v')?.textContent).toBe('—/min');
  expect(tile.textContent).toContain('未测');
});

test('the other language says the same', () => {
  const { ui, tile } = show('heartRate');
  ui.locale.setLang('en');
  expect(tile.textContent).toContain('not measured');
});

import { cleanup, render } from '@solidjs/testing-library';
import { afterEach, expect, test } from 'vitest';
import { makeKeys } from './keyboard.ts';

afterEach(cleanup);

function mount() {
  const pressed: string[] = [];
  const { container } = render(() => {
    makeKeys(() => ({ a: () => pressed.push('a'), Enter: () => pressed.push('Enter') }));
    return (
      <>
        <input />
        <button type="button">b</button>
      </>
    );
  });
  const press = (key: string, at: EventTarget = document.body, more: KeyboardEventInit = {}) =>
    at.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }));
  return { pressed, press, input: container.querySelector('input')!, button: container.querySelector('button')! };
}

test('a letter acts in either case', () => {
  const { pressed, press } = mount();
  press('a');
  press('A');
  expect(pressed).toEqual(['a', 'a']);
});

test('nothing acts while an input method composes, in a field, with a modifier or held down', () => {
  const { pressed, press, input } = mount();
  press('a', document.body, { isComposing: true });
  press('a', input);
  press('a', document.body, { ctrlKey: true });
  press('a', document.body, { repeat: true });
  expect(pressed).toEqual([]);
});

test('Enter belongs to the control that has the focus', () => {
  const { pressed, press, button } = mount();
  press('Enter', button);
  expect(pressed).toEqual([]);
  press('Enter');
  expect(pressed).toEqual(['Enter']);
});

import { onCleanup } from 'solid-js';

export type KeyMap = Readonly<Record<string, () => void>>;

function isTyping(event: KeyboardEvent): boolean {
  if (event.isComposing || event.keyCode === 229) return true;
  const at = event.target;
  return at instanceof HTMLElement && (at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName));
}

/** Enter and Space belong to a control that has the focus. */
const isForControl = (event: KeyboardEvent): boolean =>
  (event.key === 'Enter' || event.key === ' ') &&
  event.target instanceof Element &&
  event.target.closest('a,button,summary') !== null;

/** Single keys of a screen: off while an input method composes, in fields, and with a modifier. Letters in any case. */
export function makeKeys(keys: () => KeyMap): void {
  const listen = (event: KeyboardEvent): void => {
    if (
      event.defaultPrevented ||
      event.ctrlKey ||
      event.altKey ||
      event.metaKey ||
      isTyping(event) ||
      isForControl(event)
    )
      return;
    if (event.repeat && event.key.toLowerCase() !== 'j' && event.key.toLowerCase() !== 'k') return;
    const act = keys()[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
  document.addEventListener('keydown', listen);
  onCleanup(() => document.removeEventListener('keydown', listen));
}

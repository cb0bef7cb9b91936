import { createSignal, onCleanup, type Accessor } from 'solid-js';

export function createPageVisibility(): Accessor<boolean> {
  const read = () => document.visibilityState === 'visible';
  const [isVisible, setIsVisible] = createSignal(read());
  const listen = () => setIsVisible(read());
  document.addEventListener('visibilitychange', listen);
  onCleanup(() => document.removeEventListener('visibilitychange', listen));
  return isVisible;
}

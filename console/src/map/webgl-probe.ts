/** MapLibre 6 raises an error nobody can catch where WebGL 2 is missing: ask first. */
export function hasWebGl2(): boolean {
  const context = document.createElement('canvas').getContext('webgl2');
  context?.getExtension('WEBGL_lose_context')?.loseContext();
  return context !== null;
}

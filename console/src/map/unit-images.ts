import type { Map as MapLibreMap } from 'maplibre-gl';
import type { Palette } from './map-palette.ts';

const SIZE = 44;

function arrow(draw: (context: CanvasRenderingContext2D) => void): ImageData | null {
  const canvas = document.createElement('canvas');
  canvas.width = SIZE;
  canvas.height = SIZE;
  const context = canvas.getContext('2d');
  if (!context) return null;
  context.translate(SIZE / 2, SIZE / 2);
  context.scale(1.5, 1.5);
  context.beginPath();
  context.moveTo(0, -11);
  context.lineTo(8, 9);
  context.lineTo(0, 5);
  context.lineTo(-8, 9);
  context.closePath();
  context.lineJoin = 'round';
  draw(context);
  return context.getImageData(0, 0, SIZE, SIZE);
}

/** Filled: heard of within its term. Hollow and dashed: an old position. */
export function addUnitImages(map: MapLibreMap, palette: Palette): void {
  const fresh = arrow((context) => {
    context.fillStyle = palette.label;
    context.strokeStyle = palette.ground;
    context.lineWidth = 1.6;
    context.fill();
    context.stroke();
  });
  const stale = arrow((context) => {
    context.fillStyle = palette.ground;
    context.strokeStyle = palette.ink;
    context.lineWidth = 1.6;
    context.setLineDash([3, 2]);
    context.fill();
    context.stroke();
  });
  if (fresh && !map.hasImage('unit-fresh')) map.addImage('unit-fresh', fresh, { pixelRatio: 2 });
  if (stale && !map.hasImage('unit-stale')) map.addImage('unit-stale', stale, { pixelRatio: 2 });
}

#!/usr/bin/env node
/**
 * Writes console/public/base-map/{context,county}.json.
 *   mkdir /tmp/basemap-tools && cd /tmp/basemap-tools && npm init -y && npm i echarts@4.9.0 world-atlas@2 topojson-client@3
 *   node scripts/base-map/make-base-map.mjs /tmp/basemap-tools/node_modules
 * The packages are only needed here and stay outside the repository.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lakes, outline, rivers, roads, seat, towns } from './county-sketch.mjs';
import { clippedLine, clippedRing, curved, roughened, sequence, thinned } from './shapes.mjs';

const out = fileURLToPath(new URL('../../console/public/base-map/', import.meta.url));
const box = [118, 29.5, 123.5, 33.5];
const toleranceDeg = 0.004;

const rounded = (value) => (Array.isArray(value) ? value.map(rounded) : Number(value.toFixed(5)));
const feature = (kind, { nameZh, nameEn, ...more }, type, coordinates) => ({
  type: 'Feature',
  properties: { kind, nameZh, nameEn, ...more },
  geometry: { type, coordinates: rounded(coordinates) },
});

/** echarts' encoding of a ring: zigzag differences in 1/1024 degree, one character each, from 64 on. */
function decodedRing(text, [offsetX, offsetY]) {
  const step = (i) => {
    const value = text.charCodeAt(i) - 64;
    return (value >> 1) ^ -(value & 1);
  };
  const ring = [];
  let [x, y] = [offsetX, offsetY];
  for (let i = 0; i + 1 < text.length; i += 2) {
    x += step(i);
    y += step(i + 1);
    ring.push([x / 1024, y / 1024]);
  }
  return ring;
}

function decodedRings({ coordinates, encodeOffsets, type }) {
  if (type === 'Polygon') return coordinates.map((text, i) => decodedRing(text, encodeOffsets[i]));
  return coordinates.flatMap((polygon, p) => polygon.map((text, i) => decodedRing(text, encodeOffsets[p][i])));
}

const borderNames = {
  江苏: 'Jiangsu',
  上海: 'Shanghai',
  浙江: 'Zhejiang',
  安徽: 'Anhui',
  苏州市: 'Suzhou',
};

async function borders(modules) {
  const read = async (name) => JSON.parse(await readFile(join(modules, 'echarts/map/json', name), 'utf8')).features;
  const found = [...(await read('china.json')), ...(await read('province/jiangsu.json'))];
  return found
    .filter(({ properties }) => Object.hasOwn(borderNames, properties.name))
    .map(({ properties: { name }, geometry }) => {
      const lines = decodedRings(geometry).flatMap((ring) =>
        clippedLine(thinned([...ring, ring[0]], toleranceDeg), box),
      );
      const level = name.endsWith('市') ? 'prefecture' : 'province';
      return feature('province', { nameZh: name, nameEn: borderNames[name], level }, 'MultiLineString', lines);
    });
}

async function land(modules) {
  const { feature: toGeo } = createRequire(join(modules, 'x.js'))('topojson-client');
  const topology = JSON.parse(await readFile(join(modules, 'world-atlas/land-10m.json'), 'utf8'));
  const polygons = toGeo(topology, topology.objects.land).features.flatMap(({ geometry }) =>
    geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates,
  );
  const inside = polygons
    .map((rings) => rings.map((ring) => thinned(clippedRing(ring.slice(0, -1), box), toleranceDeg / 2)))
    .map((rings) => rings.filter((ring) => ring.length > 3).map((ring) => [...ring, ring[0]]))
    .filter((rings) => rings.length > 0);
  return feature('land', { nameZh: null, nameEn: null }, 'MultiPolygon', inside);
}

const kilometres = 111.195;
const east = kilometres * Math.cos((seat.lat * Math.PI) / 180);
const onGround = ([x, y]) => [seat.lon + x / east, seat.lat + y / kilometres];

/** Kilometre sketch to a smooth outline: roughened twice, curved, thinned to 15 m. */
function drawn(sketch, isClosed, share, seed) {
  const points = sketch.split(' ').map((pair) => pair.split(',').map(Number));
  const random = sequence(seed);
  const rough = roughened(roughened(points, isClosed, share, random), isClosed, share, random);
  return thinned(curved(rough, isClosed, 4), 0.015).map(onGround);
}

function county() {
  return [
    feature('county', outline, 'Polygon', [drawn(outline.points, true, 0.14, 7)]),
    ...lakes.map((lake, i) => feature('lake', lake, 'Polygon', [drawn(lake.points, true, 0.13, 20 + i)])),
    ...rivers.map((river, i) => feature('river', river, 'LineString', drawn(river.points, false, 0.12, 40 + i))),
    ...roads.map((road, i) => {
      const roughness = { expressway: 0.012, trunk: 0.03, secondary: 0.06 }[road.class];
      const kind = road.class === 'secondary' ? 'road-2' : 'road-1';
      return feature(kind, road, 'LineString', drawn(road.points, false, roughness, 60 + i));
    }),
    ...towns.map(({ at, ...town }) => feature('town', town, 'Point', onGround(at))),
  ].map(({ properties: { points: _sketch, ...properties }, ...rest }) => ({ ...rest, properties }));
}

async function write(name, features) {
  const lines = features.map((each) => JSON.stringify(each)).join(',\n');
  const text = `{"type":"FeatureCollection","features":[\n${lines}\n]}\n`;
  await writeFile(join(out, name), text);
  process.stdout.write(`${name}: ${features.length} features, ${Buffer.byteLength(text)} bytes\n`);
}

async function main([folder]) {
  if (folder === undefined) throw new Error('usage: make-base-map.mjs NODE_MODULES_FOLDER');
  const modules = resolve(folder);
  await mkdir(out, { recursive: true });
  await write('context.json', [await land(modules), ...(await borders(modules))]);
  await write('county.json', county());
}

await main(process.argv.slice(2));

import type { Tier } from '../src/dashboard/protocol/badges.ts';
import { badgeGlyphs } from './badge-glyphs.ts';

/** An element of SVG that holds no others; its class says what colours it. */
export interface Shape {
  readonly name: 'path' | 'circle';
  readonly attributes: Readonly<Record<string, string | number>>;
}

export type BadgeLook = Tier | 'locked';

const rim = 30;
const innerRim = 24;
const corners = Array.from({ length: 6 }, (_, index) => (Math.PI / 3) * index - Math.PI / 2);

/** The side of a square around the point 0, 0 in which a badge has room. */
export const badgeBox = 68;

/** A badge's frame and glyph from 40 px on. The tier shows in what the frame is made of: rim, inner rim, ribs, studs. */
export function badgeShapes(id: string, look: BadgeLook): readonly Shape[] {
  const glyph = glyphOf(id, 1.4, 1.4, 'badge-glyph');
  if (look === 'locked')
    return [hexagon(rim, 'badge-locked', { 'stroke-width': 1.6, 'stroke-dasharray': '4 3' }), glyph];
  const frame = [
    hexagon(rim, `badge-plate badge-plate-${look}`, {}),
    hexagon(rim, 'badge-rim', { 'stroke-width': 3.2 }),
  ];
  if (look === 'bronze') return [...frame, glyph];
  frame.push(hexagon(innerRim, 'badge-rim', { 'stroke-width': 1.2 }));
  if (look === 'silver') return [...frame, glyph];
  frame.push(...corners.map((angle) => rib(angle)));
  if (look === 'gold') return [...frame, glyph];
  frame.push(...corners.map((angle) => (look === 'diamond' ? diamond(angle) : stud(angle))));
  return [...frame, glyph];
}

/** A badge below 40 px: what tells the tiers apart is how full the plate is. */
export function smallBadgeShapes(id: string, look: BadgeLook): readonly Shape[] {
  if (look === 'locked')
    return [
      hexagon(rim, 'badge-locked', { 'stroke-width': 3, 'stroke-dasharray': '7 5' }),
      glyphOf(id, 1.6, 1.9, 'badge-glyph'),
    ];
  const solid = look === 'platinum' || look === 'diamond';
  const plate = hexagon(look === 'diamond' ? 25 : rim, `badge-plate badge-small-${look}`, {});
  const width = look === 'diamond' ? 2.6 : 4.5;
  const cut = glyphOf(id, look === 'diamond' ? 1.4 : 1.6, 1.9, solid ? 'badge-cut' : 'badge-glyph');
  return [plate, hexagon(rim, 'badge-rim', { 'stroke-width': width }), cut];
}

/** One small diamond for each tier there is, filled for each that is earned, around the point 0, 0. */
export function pipShapes(tiers: number, earned: number): readonly Shape[] {
  return Array.from({ length: tiers }, (_, index) => {
    const x = 8 * (index - (tiers - 1) / 2);
    const d = `M${x} -3.2l3.2 3.2 -3.2 3.2 -3.2 -3.2z`;
    return { name: 'path', attributes: { d, class: index < earned ? 'badge-pip badge-pip-earned' : 'badge-pip' } };
  });
}

function glyphOf(id: string, scale: number, stroke: number, name: string): Shape {
  const transform = `scale(${scale}) translate(-12 -12)`;
  const d = badgeGlyphs[id] ?? '';
  return { name: 'path', attributes: { d, class: name, transform, 'stroke-width': stroke } };
}

function hexagon(radius: number, name: string, more: Shape['attributes']): Shape {
  const points = corners.map((angle) => pointAt(angle, radius)).join('L');
  return { name: 'path', attributes: { d: `M${points}z`, class: name, ...more } };
}

function rib(angle: number): Shape {
  const d = `M${pointAt(angle, innerRim)}L${pointAt(angle, rim)}`;
  return { name: 'path', attributes: { d, class: 'badge-rim', 'stroke-width': 1.2 } };
}

function stud(angle: number): Shape {
  const [cx, cy] = coordinates(angle, rim - 0.5);
  return { name: 'circle', attributes: { cx, cy, r: 3.6, class: 'badge-stud', 'stroke-width': 1.4 } };
}

/** Diamond has platinum's shape but for its studs, which are diamonds. */
function diamond(angle: number): Shape {
  const [x, y] = coordinates(angle, rim - 1);
  const d = `M${x} ${round(y - 5)}l4.6 5 -4.6 5 -4.6 -5z`;
  return { name: 'path', attributes: { d, class: 'badge-stud', 'stroke-width': 1.4 } };
}

function pointAt(angle: number, radius: number): string {
  return coordinates(angle, radius).join(' ');
}

function coordinates(angle: number, radius: number): readonly [number, number] {
  return [round(Math.cos(angle) * radius), round(Math.sin(angle) * radius)];
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

import { median } from '../bench/medians.ts';

/** A figure over time: epoch milliseconds and what it was. */
type Course = readonly (readonly [at: number, value: number])[];

/** How a figure went on after a warm-up. */
export interface Growth {
  readonly first: number;
  readonly last: number;
  /** By the middle of all slopes between two of its points, so that a single peak says nothing: over the whole time. */
  readonly growth: number;
  readonly points: number;
}

export function growthOf(course: Course): Growth {
  const slopes = course.flatMap(([at, value], i) =>
    course.slice(i + 1).map(([later, then]) => (then - value) / (later - at)),
  );
  const span = (course.at(-1)?.[0] ?? 0) - (course[0]?.[0] ?? 0);
  const third = Math.ceil(course.length / 3);
  const values = course.map(([, value]) => value);
  return {
    first: median(values.slice(0, third)),
    last: median(values.slice(-third)),
    growth: slopes.length === 0 ? 0 : median(slopes) * span,
    points: course.length,
  };
}

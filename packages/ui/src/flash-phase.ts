/**
 * All alarms flash in phase: a negative delay of the page's age starts every animation at the same origin,
 * whatever its period. Read it when the alarm becomes live.
 */
export const flashPhase = (): string => `-${Math.round(performance.now())}ms`;

/** Named places where a fault run kills the process; in the product the function does nothing. */
export const failpointNames = [
  'telemetry.before-commit',
  'telemetry.after-commit',
  'alert.before-commit',
  'alert.after-commit',
  'event.before-commit',
  'event.after-commit',
  'answer.before-commit',
  'answer.after-commit',
  'step.before-commit',
  'step.after-commit',
  'receipt.before-send',
] as const;
export type FailpointName = (typeof failpointNames)[number];
export type Failpoint = (name: FailpointName) => void;

export const noFailpoint: Failpoint = () => undefined;

/** SIGKILL, so that nothing is flushed, closed or said: what a power cut leaves. */
export const killAt =
  (wanted: FailpointName): Failpoint =>
  (name) => {
    if (name === wanted) process.kill(process.pid, 'SIGKILL');
  };

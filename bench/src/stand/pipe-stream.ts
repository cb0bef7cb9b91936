/**
 * The baselines' own stream beside the product's: a work queue on file too, with one subject, since nothing of them
 * needs the vehicle in it (a work queue of many subjects costs nats-server 2.9 up to ten times as much, see results.md).
 */
export const PIPE_STREAM = 'BENCH';
export const PIPE_SUBJECT = 'bench.items';
export const PIPE_CONSUMER = 'bench';

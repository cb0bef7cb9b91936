/** Timers of a hidden page are throttled; those of a worker are not. The page answers, or it is frozen. */
setInterval(() => postMessage(null), 5_000);

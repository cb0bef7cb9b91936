/**
 * Bugs the simulator has found and the product still has: each switch keeps the rest of the checks running until it is
 * mended. Set it to false and the seeds named here show the bug; delete it when they pass.
 */
export const knownBugs = {
  /**
   * Hidden by letting every vehicle reconnect once before the last look. Seeds 43, 79, 125: a question for the downlink
   * that was under way when the journal was replaced swallows the hello's, and is repeated with the old cursor.
   */
  downlinkWaitsForReconnect: true,
} as const;

/** Raised with every change of the wire; the server reads this and the one before. */
export const PROTOCOL_VERSION = 1;

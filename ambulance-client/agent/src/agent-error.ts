import type { JournalFaultCode } from './ports.ts';

export type AgentErrorKind = 'invalid' | 'not-found' | 'conflict' | 'unavailable';

/** Every expected failure of the agent; `code` is stable, the message never carries what was submitted. */
export class AgentError extends Error {
  readonly kind: AgentErrorKind;
  readonly code: string;
  constructor(kind: AgentErrorKind, code: string, message: string = code) {
    super(message);
    this.name = 'AgentError';
    this.kind = kind;
    this.code = code;
  }
}

export class JournalFault extends Error {
  readonly code: JournalFaultCode;
  constructor(code: JournalFaultCode, options?: ErrorOptions) {
    super(code, options);
    this.name = 'JournalFault';
    this.code = code;
  }
}

/** The code to log for whatever was thrown; never its message, which may quote data. */
export const codeOf = (error: unknown): string =>
  error instanceof AgentError || error instanceof JournalFault
    ? error.code
    : error instanceof Error
      ? error.name
      : 'unknown';

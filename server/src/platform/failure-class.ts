/**
 * faults.md N11. transient: connection, lock and resource errors, retried whole and uncounted.
 * data: the rows themselves; a batch is bisected until the bad row stands alone. bug: everything else.
 */
export type FailureClass = 'transient' | 'data' | 'bug';

import type { Tx } from './transaction.ts';

/** The first statement of a transaction that may write nothing, whatever its role could. */
export const readOnly = async (tx: Tx): Promise<void> => void (await tx.query('SET TRANSACTION READ ONLY'));

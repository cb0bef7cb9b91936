/** The last number short of a band's edge that belongs to the next band; readings have at most three decimals. */
export const shortOf = (edge: number): number => edge - 1e-6;

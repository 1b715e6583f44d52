/** Fewer requests than this in 30 days say nothing about a habit. */
export const enoughRequests = 300;

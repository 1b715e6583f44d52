/** The bounds of protocol v1, shared by client and server. Bytes, days and counts are whole numbers. */

/** The one protocol version that this code speaks. */
export const protocolVersion = 1;

/** A sync request holds at most so many cells and, uncompressed, so many bytes. */
export const maxCellsPerSync = 500;
export const maxBodyBytes = 128 * 1024;

/** A device has at most so many cells on one UTC day that are not removed. */
export const maxCellsPerDeviceDay = 64;

/** A cell's day is at most so many days before today (UTC), and never after it, but for the clock's grace. */
export const maxCellAgeDays = 35;
export const clockGraceMs = 10 * 60_000;

export const maxDevicesPerMember = 10;

/** A count of a cell: a whole number from 0 to 2^53 - 1. */
export const maxCount = Number.MAX_SAFE_INTEGER;

/**
 * No device uses so many tokens, or micro-USD, in a day: what would go beyond is refused as impossible. So every sum
 * about one member (10 devices, 92 days) stays below 2^53, and is exact as a number. Sums over members are added as bigint.
 */
export const maxDeviceDayTokens = 9e12;
export const maxDeviceDayMicroUsd = 9e12;

/** A member's day above this is looked at by a person, never refused. */
export const improbableDayTokens = 20e9;

/** So many days with the same counts on two devices of a member are one device under two ids. */
export const overlapDays = 3;

/** The least number of people in an aggregate; a policy may raise it. */
export const minGroup = 5;
export const maxGroup = 1000;

/** An aggregate is withheld when its largest, or its two largest, make more than these shares of it. */
export const maxShareOfOne = 0.5;
export const maxShareOfTwo = 0.8;

/** A board lists at most so many people; a policy may lower it. */
export const maxTopN = 250;

/** Others' values have so many significant digits; aggregates after a change of fewer than k members have two. */
export const rowDigits = 3;
export const changedDigits = 2;
/** Where those who went are still to be seen in two digits, but not in one, it has one. */
export const coarseDigits = 1;
export const badgesPerRow = 3;
export const maxBadges = 64;

/** `cacheShare` needs so much input, `models` so many tokens of each. */
export const cacheShareMinInput = 1_000_000;
export const modelMinTokens = 100_000;

export const accessTokenMs = 15 * 60_000;
export const refreshTokenMs = 30 * 86_400_000;
export const maxInviteDays = 14;
export const maxInviteUses = 100_000;
/** A code that adds one more device to a member holds so long. */
export const deviceCodeMs = 10 * 60_000;
/** A code that signs a browser in holds so long. */
export const webCodeMs = 60_000;
/** So long a client whose answer to joining was lost may ask for it again. */
export const joinAgainMs = 60 * 60_000;

/** What is kept how long, in days. */
export const retention = { cells: 35, days: 92, audit: 90 } as const;

export const maxNameLength = 40;
export const maxTextLength = 4000;

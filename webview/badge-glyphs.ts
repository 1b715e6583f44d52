/** By a badge's id what stands in its frame: paths on a grid of 24, drawn as lines with round ends. */
export const badgeGlyphs: Readonly<Record<string, string>> = {
  // Coins
  'token-legend':
    'M19 6c0 1.7-3.1 3-7 3S5 7.7 5 6s3.1-3 7-3 7 1.3 7 3zM5 6v6c0 1.7 3.1 3 7 3s7-1.3 7-3V6M5 12v6c0 1.7 3.1 3 7 3s7-1.3 7-3v-6',
  // Three linked nodes
  'model-connoisseur':
    'M14.8 5.2a2.8 2.8 0 1 1-5.6 0 2.8 2.8 0 0 1 5.6 0zM7.8 18a2.8 2.8 0 1 1-5.6 0 2.8 2.8 0 0 1 5.6 0zM21.8 18a2.8 2.8 0 1 1-5.6 0 2.8 2.8 0 0 1 5.6 0zM10.7 7.7 6.3 15.5M13.3 7.7l4.4 7.8M7.8 18h8.4',
  // Hat
  'cache-wizard': 'M6.2 17.2 12.6 3.2l5.2 14M8.6 12.2c2.3.9 4.9.9 7.3 0M2.8 17c1 2.3 4.8 3.8 9.2 3.8s8.2-1.5 9.2-3.8',
  // Infinity
  'session-immortal':
    'M12 12c-1.9-2.9-3.7-4.4-5.8-4.4a4.4 4.4 0 0 0 0 8.8c2.1 0 3.9-1.5 5.8-4.4s3.7-4.4 5.8-4.4a4.4 4.4 0 0 1 0 8.8c-2.1 0-3.9-1.5-5.8-4.4z',
  // Ticked calendar
  'weekday-steady':
    'M5.5 5h13A1.5 1.5 0 0 1 20 6.5v13a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 19.5v-13A1.5 1.5 0 0 1 5.5 5zM4 10h16M8.5 2.8v4M15.5 2.8v4M8.8 15.3l2.3 2.3 4.2-4.2',
  // Toolbox
  toolsmith:
    'M4.5 7.5h15A1.5 1.5 0 0 1 21 9v9.5a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 18.5V9a1.5 1.5 0 0 1 1.5-1.5zM8.5 7.5V5.5A1.5 1.5 0 0 1 10 4h4a1.5 1.5 0 0 1 1.5 1.5v2M3 13h6.8M14.2 13H21M9.8 11.5h4.4v3.2H9.8z',
  // Scales
  'budget-keeper':
    'M12 3.5V20M8 20.5h8M4.8 6.5h14.4M4.8 6.5 2 13.5c.4 1.4 1.5 2.1 2.8 2.1s2.4-.7 2.8-2.1zM19.2 6.5l-2.8 7c.4 1.4 1.5 2.1 2.8 2.1s2.4-.7 2.8-2.1z',
  // Ship
  'fleet-admiral': 'M2.8 16h18.4l-2.4 4.8H5.2zM11.2 16V3L4.8 13h6.4M14.4 6.5l4.8 6.5h-4.8z',
  // Return arrow
  comeback: 'M4.5 4v5.5H10M5 9.5a8 8 0 1 1-1 4.8',
  // Gem
  'small-and-beautiful': 'M7 4h10l4.5 5.7L12 20.5 2.5 9.7zM2.5 9.7h19M10 4 8 9.7l4 10.8 4-10.8L14 4',
  // Moon
  'quiet-nights': 'M20 15.3A8.3 8.3 0 1 1 10.3 4a6.7 6.7 0 0 0 9.7 11.3zM17.3 3v5M14.8 5.5h5',
  // Brackets
  'short-memory': 'M7.5 3.5h-4v17h4M16.5 3.5h4v17h-4M8 12h8M12.8 8.8 16 12l-3.2 3.2',
};

/** A badge's name in the language of the one who asks: `Cache Wizard`. */
export function badgeTitle(id: string, t: (text: string) => string): string {
  const titles: Readonly<Record<string, string>> = {
    'token-legend': t('Token Legend'),
    'model-connoisseur': t('Model Connoisseur'),
    'cache-wizard': t('Cache Wizard'),
    'session-immortal': t('Session Immortal'),
    'weekday-steady': t('Weekday Steady'),
    toolsmith: t('Toolsmith'),
    'budget-keeper': t('Budget Keeper'),
    'fleet-admiral': t('Fleet Admiral'),
    comeback: t('Comeback'),
    'small-and-beautiful': t('Small and Beautiful'),
    'quiet-nights': t('Quiet Nights'),
    'short-memory': t('Short Memory'),
  };
  return titles[id] ?? id;
}

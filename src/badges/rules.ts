import { budgetKeeper } from './budget-keeper.ts';
import { cacheWizard } from './cache-wizard.ts';
import { comeback } from './comeback.ts';
import { fleetAdmiral } from './fleet-admiral.ts';
import { modelConnoisseur } from './model-connoisseur.ts';
import { quietNights } from './quiet-nights.ts';
import type { BadgeRule } from './rule.ts';
import { sessionImmortal } from './session-immortal.ts';
import { shortMemory } from './short-memory.ts';
import { smallAndBeautiful } from './small-and-beautiful.ts';
import { tokenLegend } from './token-legend.ts';
import { toolsmith } from './toolsmith.ts';
import { weekdaySteady } from './weekday-steady.ts';

/** Every badge, in the order in which they are shown. */
export const badgeRules: readonly BadgeRule[] = [
  tokenLegend,
  modelConnoisseur,
  cacheWizard,
  sessionImmortal,
  weekdaySteady,
  toolsmith,
  budgetKeeper,
  fleetAdmiral,
  comeback,
  smallAndBeautiful,
  quietNights,
  shortMemory,
];

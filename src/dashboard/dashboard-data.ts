import { badgesOf } from '../badges/badges-of.ts';
import { latestLimits } from '../ledger/limits.ts';
import { loadPrices, type PriceList } from '../pricing/price-list.ts';
import type { Machine } from '../readers/reader.ts';
import { zoneOf } from '../usage/days.ts';
import { allChart, allOverview } from './all-overview.ts';
import { badgeFacts } from './badge-facts.ts';
import { chartView } from './chart.ts';
import { choicesView } from './choices.ts';
import { type Clock, clockOf } from './clock.ts';
import { quartersADay } from './cube.ts';
import { explainView } from './explain.ts';
import { exportText } from './export.ts';
import { factStore } from './fact-store.ts';
import { type Figures, periodOf } from './figures.ts';
import { everything } from './history.ts';
import { factDays, insightsView } from './insights.ts';
import { listView } from './list.ts';
import { type LiveCube, liveCube } from './live-cube.ts';
import { seriesRates } from './model-rates.ts';
import { overviewView } from './overview.ts';
import { type Places, placesOf } from './places.ts';
import { noOthers, type OtherMachines } from './protocol/machines.ts';
import type { Answers, AnswerTo, Question } from './protocol/messages.ts';
import type { Scope } from './protocol/scope.ts';
import type { DashboardSettings } from './protocol/settings.ts';
import { pullRequestText } from './pull-request.ts';
import { memory } from './remember.ts';
import { retrying } from './retrying.ts';
import { sessionView } from './session.ts';
import { spanBefore } from './spans.ts';

/** The figures of the dashboard: loaded once, kept up to date, and asked by the front end. */
export interface DashboardData {
  configure(settings: DashboardSettings, earned?: Readonly<Record<string, readonly string[]>>): void;
  /** Rejects with a sentence for people. Waits until what the answer needs is loaded. */
  answer<Asked extends Question>(question: Asked): Promise<AnswerTo<Asked>>;
  /** What answers about all machines add from now on. */
  addOthers(others: OtherMachines): void;
  /** Loads what changed in the ledger. */
  look(): Promise<void>;
  close(): void;
}

type Asked<Name extends Question['ask']> = Extract<Question, { readonly ask: Name }>;

export interface DashboardDataOptions {
  readonly now?: () => number;
  /** What was answered may be answered otherwise now. */
  readonly onChanged: () => void;
}

const dayMs = 86_400_000;
/** Answers that take long to make; lists of several kinds and orders in two scopes. */
const mostRemembered = 16;
/** Days of the calendar that are worked out at once. */
const daysAtOnce = 50;
const everythingDay = Number.NEGATIVE_INFINITY;
/** Figures as of now, such as the last hour's, are told to have changed after so long, though nothing was counted. */
const freshMs = 5 * 60_000;
/** The thirty days before, by which the burn of the last hour is measured. */
const usualDays = 32;

/** Begins to load at once; answers wait for `configure`. */
export function dashboardData(machine: Machine, options: DashboardDataOptions): DashboardData {
  const { now = Date.now } = options;
  const remembered = memory(mostRemembered);
  const facts = factStore(breathe, onChanged);
  let toldAt = now();
  let prices: Promise<PriceList> | undefined;
  let settings: DashboardSettings | undefined;
  let earned: Readonly<Record<string, readonly string[]>> = {};
  let configured: () => void = () => undefined;
  const ready = new Promise<void>((resolve) => {
    configured = resolve;
  });
  let clock: Clock | undefined;
  let places: { readonly of: Places; readonly version: string } | undefined;
  let rememberedAt = '';
  let configurations = 0;
  let toldPart = false;
  let others: OtherMachines = noOthers;

  const live: LiveCube = liveCube({
    machine,
    now,
    breathe,
    onChanged(days) {
      if (days === undefined) facts.clear();
      else facts.forget(days);
      // Nothing was shown before the first load, unless a part of it.
      if (days !== undefined || loads++ > 0 || toldPart) onChanged();
      toldPart = false;
    },
  });
  let loads = 0;
  // Another program may have held the ledger for a moment: nobody else would look again until something new is counted.
  const looking = retrying(
    () => live.look(),
    () => {
      // Who was told of a failure is to hear of its end.
      toldPart = true;
    },
  );

  function onChanged(): void {
    toldAt = now();
    options.onChanged();
  }

  /** Another day has begun, or it is a while since figures as of now were asked for. */
  function isOld(): boolean {
    const time = now();
    if (Math.abs(time - toldAt) >= freshMs) return true;
    const zone = clock?.zone;
    return zone !== undefined && zone.dayOf(time) !== zone.dayOf(toldAt);
  }

  async function look(): Promise<void> {
    await looking.run();
    if (isOld()) onChanged();
  }

  function figures(): Figures {
    if (settings === undefined) throw new Error('The dashboard has no settings yet.');
    const { cube, names } = live;
    clock ??= clockOf(zoneOf(settings.zone));
    const version = `${configurations} ${cube.version}`;
    if (places?.version !== version) places = { of: placesOf(names, settings), version };
    if (rememberedAt !== version) remembered.clear();
    rememberedAt = version;
    return {
      cube,
      names,
      places: places.of,
      settings,
      clock,
      now: now(),
      firstQuarter: live.firstQuarter,
      remembered: (name, make) => remembered.of(name, make),
    };
  }

  /** The figures once all that a scope needs is loaded, and more days before it. */
  async function figuresFor(scope: Scope | undefined, daysBefore = 0): Promise<Figures> {
    await ready;
    // The first days are loaded with the names that a period may have to be told by.
    await live.loadedFrom(scope === undefined ? everythingDay : Math.floor(now() / dayMs));
    if (scope === undefined) return figures();
    const { fromQuarter } = periodOf(figures(), scope.period);
    await live.loadedFrom(fromQuarter === 0 ? everythingDay : Math.floor(fromQuarter / quartersADay) - daysBefore);
    return figures();
  }

  async function overview({ scope, machines }: Asked<'overview'>): Promise<Answers['overview']> {
    const soon = await figuresFor(scope);
    const before = spanBefore(scope.period, periodOf(soon, scope.period), soon.clock.zone, now());
    if (before !== undefined) await live.loadedFrom(Math.floor(before.fromQuarter / quartersADay));
    const { ledger, cube } = live;
    const limits = ledger === undefined ? [] : latestLimits(ledger, now());
    const view =
      machines === 'all' ? allOverview(figures(), scope, limits, others) : overviewView(figures(), scope, limits);
    if (cube.from === everythingDay) return view;
    toldPart = true;
    return { ...view, filling: true };
  }

  async function chart({ scope, split, machines }: Asked<'chart'>): Promise<Answers['chart']> {
    prices ??= split === 'kind' ? loadPrices() : undefined;
    const list = split === 'kind' ? await prices : undefined;
    const current = await figuresFor(scope);
    const ratesOf = ({ names }: Figures) => (list === undefined ? [] : seriesRates(names.series, list, current.now));
    return machines === 'all'
      ? allChart(current, scope, split, others, ratesOf)
      : chartView(current, scope, split, ratesOf(current));
  }

  async function insights(scope: Scope): Promise<Answers['insights']> {
    prices ??= loadPrices();
    const list = await prices;
    const current = await figuresFor(scope, usualDays);
    const { ledger } = live;
    const found = ledger && facts.of(ledger, factDays(current, periodOf(current, scope.period)));
    return insightsView(current, ledger, list, scope, ledger === undefined ? [] : found);
  }

  async function badges(): Promise<Answers['badges']> {
    await figuresFor(undefined);
    const { ledger } = live;
    const found = ledger === undefined ? [] : await facts.whenRead(ledger, () => factDays(figures(), everything));
    const current = figures();
    return { badges: badgesOf(badgeFacts(current, found), earned), toasts: current.settings.badgeToasts };
  }

  /** Finds out in time what takes long only once: what the models in use cost, and when each day began. */
  async function warm(): Promise<void> {
    await breathe();
    prices ??= loadPrices();
    const list = await prices;
    await breathe();
    seriesRates(live.names.series, list, now());
    await ready;
    const { hourOf } = figures().clock;
    for (const [index, { day }] of live.cube.blocks.entries()) {
      hourOf(day * quartersADay);
      if (index % daysAtOnce === 0) await breathe();
    }
  }

  async function answer(question: Question): Promise<Answers[keyof Answers]> {
    switch (question.ask) {
      case 'overview':
        return await overview(question);
      case 'chart':
        return await chart(question);
      case 'list':
        return listView(await figuresFor(question.scope), question.scope, question.wish);
      case 'session': {
        const current = await figuresFor(undefined);
        return live.ledger && sessionView(current, live.ledger, question.id);
      }
      case 'insights':
        return await insights(question.scope);
      case 'badges':
        return await badges();
      case 'choices':
        return choicesView(await figuresFor(question.scope), question.scope);
      case 'explain':
        return explainView(await figuresFor(undefined), question.card, question.scope);
      case 'export':
        return exportText(await figuresFor(question.scope), question.scope, question.format);
      case 'pullRequest':
        return pullRequestText(await figuresFor(undefined), question.id);
    }
  }

  // A failure is told to whoever asks. The rest comes last: what is asked for first needs none of it.
  looking
    .run()
    .then(warm)
    .catch(() => undefined);
  return {
    configure(next, kept) {
      const first = settings === undefined;
      settings = next;
      earned = kept ?? earned;
      clock = undefined;
      configurations++;
      configured();
      if (!first) onChanged();
    },
    answer: async <Asked extends Question>(question: Asked) => (await answer(question)) as AnswerTo<Asked>,
    addOthers(next) {
      others = next;
    },
    look,
    close() {
      looking.stop();
      live.close();
    },
  };
}

/** Lets messages be taken before the work goes on. */
async function breathe(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}
